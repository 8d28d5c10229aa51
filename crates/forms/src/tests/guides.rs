//! Papers that are no case's: guides, cards, the handbook, reports.

use super::{FACES, facts::issuer};
use crate::*;
use jiff::civil::date;

fn texts<const N: usize>(all: [&str; N]) -> Vec<String> {
    all.map(str::to_owned).into()
}

fn step(name: &str, note: &str) -> FlowStep {
    FlowStep { name: name.to_owned(), note: note.to_owned() }
}

fn material(name: &str, remarks: &[&str]) -> GuideMaterial {
    GuideMaterial {
        name: name.to_owned(),
        kind: "证件证书证明，纸质或电子".to_owned(),
        necessity: "必要".to_owned(),
        originals: 1,
        copies: 1,
        source: "公安机关".to_owned(),
        remarks: remarks.iter().map(|text| (*text).to_owned()).collect(),
    }
}

pub(super) fn guide() -> Guide {
    let text = str::to_owned;
    Guide {
        issuer: issuer(),
        item_id: text("I002"),
        version: 3,
        effective_from: date(2026, 1, 1),
        effective_to: None,
        printed_on: date(2026, 9, 28),
        name: text("城乡居民基本养老保险待遇申领"),
        basics: Basics {
            plain_name: text("领居民养老金"),
            theme: text("社会保障"),
            kind: text("公共服务"),
            handling: text("承诺件"),
            codes: ["622014002000", "11621099MA0000A19Y5622014002000", "11621099MA0000A19Y562201400200001"]
                .map(text),
            sample_codes: true,
            level: text("镇（乡、街道）"),
            body: text("清源镇人民政府（演示）"),
            department: text("人社"),
            joint: String::new(),
            objects: text("自然人"),
            forms: text("窗口、其他"),
            online: String::new(),
            on_site: text("1次：需核验证件原件或本人签字，可由村级代办员代为递交"),
            village: text("代办"),
            receipt: text("乡镇（街道）"),
            season: String::new(),
        },
        legal_basis: texts(["《中华人民共和国社会保险法》第二十一条、第二十二条"]),
        conditions: texts(["年满60周岁、累计缴费满规定年限且未领取国家规定的其他基本养老保障待遇"]),
        materials: vec![
            GuideMaterial {
                kind: text("申请表格文书，纸质或电子"),
                copies: 0,
                source: text("申请人填写（系统免填单打印）"),
                ..material("申请表", &["申请人签名或捺印、注明日期"])
            },
            material("居民身份证", &["在有效期内；姓名、号码与申请表一致；核验原件后退还", "可共享取得"]),
            material("居民户口簿", &["首页及本人页；户籍地属于本辖区"]),
            material("社会保障卡（或本人银行存折）", &["户名与申请人一致；卡号通过校验", "可以容缺"]),
        ],
        steps: vec![step("受理", "清源镇便民服务中心"), step("审核", ""), step("办结", "出待遇核定表")],
        procedures: texts(["特别程序：补缴费用，所需时间不计入办理时限。"]),
        limits: Limits {
            statutory: text("法律未作规定"),
            promise: text("10个工作日"),
            extension: text("按主管部门规定"),
        },
        fee: Fee::default(),
        result: ResultPaper {
            name: text("待遇核定表"), kind: text("出证办结"), sample: String::new()
        },
        contact: Contact {
            place: text("清源镇便民服务中心（演示），清源镇人民路18号；各村（社区）便民服务站可以代办"),
            hours: text("工作日，以窗口公布的时间为准"),
            consult: text("0900-6210100"),
            complaint: text("0900-6210199"),
        },
        remedy: Some(Remedy::Complaint { phone: text("0900-6210199") }),
        questions: vec![(
            text("户口不在本镇能不能办？"),
            text("到户籍地的乡镇办理；人在外地的，可以委托户籍地的村级代办员。"),
        )],
        notes: texts(["年满60周岁前可提前受理，不得早于满60周岁当月核定。"]),
    }
}

/// Ten steps, many materials, long texts.
fn long_guide() -> Guide {
    let names =
        ["申请", "村组讨论", "村级公示", "乡镇受理", "联审（农业农村/自然资源/其他）", "到场审查", "审批"];
    let others = ["发证", "开工丈量", "竣工验收"];
    let steps: Vec<FlowStep> = names.into_iter().chain(others).map(|name| step(name, "")).collect();
    let reason = "农村村民一户只能拥有一处宅基地，宅基地的面积不得超过省规定的标准".to_owned();
    Guide {
        name: "农村宅基地和建房（规划许可）审批以及因地质灾害避让搬迁、土地综合整治需要重新安排宅基地的审批"
            .to_owned(),
        effective_to: Some(date(2026, 12, 31)),
        steps,
        conditions: std::iter::repeat_n(reason, 5).collect(),
        materials: guide().materials.into_iter().cycle().take(30).collect(),
        remedy: Some(Remedy::Review {
            reconsideration: "清源县人民政府".to_owned(),
            court: "清源县人民法院".to_owned(),
        }),
        fee: Fee {
            charged: true,
            item: "不动产登记费".to_owned(),
            standard: "每件80元，农村宅基地免收".to_owned(),
            basis: "《不动产登记暂行条例》及国家发展改革委、财政部关于不动产登记收费标准的通知".to_owned(),
            online_payment: true,
        },
        questions: guide().questions.into_iter().cycle().take(12).collect(),
        ..guide()
    }
}

/// What an item has at the least.
fn bare_guide() -> Guide {
    Guide {
        issuer: Issuer {
            unit_full_name: "清源县政务服务中心（演示）".to_owned(), ..Issuer::default()
        },
        item_id: "I999".to_owned(),
        version: 1,
        effective_from: date(2026, 1, 1),
        printed_on: date(2026, 9, 28),
        name: "开证明".to_owned(),
        ..Guide::default()
    }
}

fn go_on(_: usize) -> Result<(), FormError> {
    Ok(())
}

fn card() -> ServiceCard {
    let text = str::to_owned;
    let items = [
        "领居民养老金",
        "办居民医保",
        "去外地看病备案",
        "申请低保",
        "领高龄补贴",
        "残疾人生活补贴",
        "办社保卡",
        "生育登记",
        "批宅基地建房",
        "种地补贴",
        "开证明",
        "医药费报销",
        "装电表",
    ];
    ServiceCard {
        mark: format!("DB1 F12 621099100200 2026-A1 20261109 {}", "A7".repeat(51)),
        unit_full_name: text("上塬村便民服务站（演示）"),
        agent: text("李秀兰"),
        phone: text("0900-6210120"),
        partner: Some((text("王𬍛㛃"), text("0900-6210121"))),
        hours: text("工作日，以村站公布的时间为准"),
        items: items.map(text).into(),
        township: text("清源镇便民服务中心（演示）"),
        township_phone: text("0900-6210100"),
        township_address: text("清源镇人民路18号"),
        complaint_phone: text("0900-6210199"),
    }
}

fn long_card() -> ServiceCard {
    let item = "困难残疾人生活补贴和重度残疾人护理补贴";
    ServiceCard {
        unit_full_name: "塔什库尔干塔吉克自治县提孜那甫乡曲什曼村便民服务站（演示）".to_owned(),
        agent: "阿卜杜热合曼·麦麦提图尔荪·艾合买提江".to_owned(),
        township_address: "清源镇人民路18号便民服务大厅一楼东侧综合受理窗口（原农机站院内，县道312线旁）"
            .to_owned(),
        items: vec![item.to_owned(); 20],
        ..card()
    }
}

fn bare_card() -> ServiceCard {
    ServiceCard {
        unit_full_name: "柳湾村".to_owned(), agent: "王一".to_owned(), ..ServiceCard::default()
    }
}

fn handbook() -> Handbook {
    let outlet = |name: &str, phone: &str| Outlet {
        name: name.to_owned(),
        address: "清源镇人民路18号".to_owned(),
        phone: phone.to_owned(),
        complaint_phone: "0900-6210199".to_owned(),
    };
    Handbook {
        unit_full_name: "清源县政务服务中心（演示）".to_owned(),
        county: "清源县".to_owned(),
        version: "2026.1".to_owned(),
        printed_on: date(2026, 9, 28),
        themes: vec![
            ("社会保障".to_owned(), vec![guide(), bare_guide()]),
            ("住房土地".to_owned(), vec![Guide { materials: guide().materials, ..long_guide() }]),
        ],
        outlets: vec![
            outlet("清源镇便民服务中心（演示）", "0900-6210100"),
            outlet("上塬村便民服务站（演示）", "0900-6210120"),
        ],
    }
}

pub(super) fn forms() -> Vec<(&'static str, Layout)> {
    let faces = &*FACES;
    let lay = |layout: Result<Layout, FormError>| layout.unwrap();
    vec![
        ("F11", lay(guide().lay_out(faces))),
        ("F11-pages", lay(long_guide().lay_out(faces))),
        ("F11-bare", lay(bare_guide().lay_out(faces))),
        ("F12", lay(service_cards(&[card(), long_card(), bare_card()], 1, faces, go_on))),
        ("handbook", lay(handbook().lay_out(faces))),
        (
            "handbook-bare",
            lay(Handbook { themes: Vec::new(), outlets: Vec::new(), ..handbook() }.lay_out(faces)),
        ),
        ("F12-pages", lay(service_cards(&[card()], 7, faces, go_on))),
    ]
}
