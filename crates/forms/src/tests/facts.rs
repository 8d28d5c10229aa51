//! Facts to print.

use crate::*;
use jiff::civil::date;

pub(super) fn issuer() -> Issuer {
    Issuer {
        unit: "621099100000".to_owned(),
        second_name: String::new(),
        unit_full_name: "清源镇便民服务中心（演示）".to_owned(),
        address: "清源镇人民路18号".to_owned(),
        phone: "0900-6210100".to_owned(),
        complaint_phone: "0900-6210199".to_owned(),
    }
}

pub(super) fn material(name: &str) -> MaterialLine {
    MaterialLine { name: name.to_owned(), originals: 1, copies: 1, note: String::new() }
}

pub(super) fn person(name: &str) -> Party {
    Party {
        name: name.to_owned(),
        id_kind: "居民身份证".to_owned(),
        id_no_masked: "621099********0014".to_owned(),
        phone_masked: "139****5678".to_owned(),
        ..Party::default()
    }
}

pub(super) fn slip() -> Slip {
    Slip {
        issuer: issuer(),
        number: Some("清源镇受〔2026〕A1-0012号".to_owned()),
        copy: 1,
        case_no: "621099100200-20260928-A1-0007-8".to_owned(),
        item_name: "城乡居民基本养老保险待遇申领".to_owned(),
        impl_code: "11621099MA0000A19Y5622014002000".to_owned(),
        applicant: person("王𬍛㛃"),
        agent: Some("李秀兰".to_owned()),
        clerk: "王建国".to_owned(),
        on: date(2026, 9, 28),
        own_words: Vec::new(),
        mark: format!("DB1 F02 621099100200-20260928-A1-0007-8 2026-A1-0012 20260928 {}", "A7".repeat(51)),
    }
}

pub(super) fn notice(kind: NoticeKind) -> AcceptanceNotice {
    AcceptanceNotice {
        slip: slip(),
        applied_on: date(2026, 9, 25),
        received_on: date(2026, 9, 28),
        kind,
        handling_type: "承诺件".to_owned(),
        statutory_says: "法律未作规定".to_owned(),
        promise_says: "10个工作日".to_owned(),
        materials: ["申请表", "居民身份证", "居民户口簿", "社会保障卡（或本人银行存折）"]
            .map(material)
            .into(),
        basis: "《中华人民共和国社会保险法》第二十一条、第二十二条".to_owned(),
    }
}

pub(super) fn accepted() -> AcceptanceNotice {
    notice(NoticeKind::Acceptance {
        accepted_on: date(2026, 9, 28),
        how: Accepted::Complete,
        due: Some((date(2026, 10, 16), false)),
        instant: false,
    })
}

pub(super) fn receipt() -> RegistrationReceipt {
    RegistrationReceipt {
        slip: Slip {
            issuer: Issuer { unit_full_name: "上塬村便民服务站（演示）".to_owned(), ..issuer() },
            number: Some("上塬村代登〔2026〕A1-0007号".to_owned()),
            applicant: person("阿卜杜热依木·买买提"),
            clerk: "李秀兰".to_owned(),
            on: date(2026, 9, 25),
            ..slip()
        },
        entrusted_on: date(2026, 9, 25),
        agent_phone: "0900-6210120".to_owned(),
        materials: ["申请表", "居民身份证"].map(material).into(),
        gaps: vec!["社会保障卡（或本人银行存折）".to_owned()],
        hand_over_by: Some(date(2026, 9, 30)),
        together: None,
        township_name: "清源镇便民服务中心（演示）".to_owned(),
    }
}

pub(super) fn completed() -> CompletionNotice {
    CompletionNotice {
        slip: Slip { number: Some("清源镇结〔2026〕A1-0031号".to_owned()), ..slip() },
        closed_on: date(2026, 10, 14),
        outcome: Outcome::Granted {
            kind: "其他",
            result: "待遇核定表".to_owned(),
            number: "清人社核〔2026〕31号".to_owned(),
        },
        promise_says: "10个工作日".to_owned(),
        took: Some((6, 2)),
        in_time: Some(true),
        deliver_by: Some(date(2026, 10, 28)),
        remedy: None,
    }
}

pub(super) fn gaps() -> OneTimeNotice {
    let point = |material: &str, problem: &str, remedy: &str, basis: &str, instead| Point {
        material: material.to_owned(),
        problem: problem.to_owned(),
        remedy: remedy.to_owned(),
        basis: basis.to_owned(),
        instead,
    };
    OneTimeNotice {
        slip: Slip { number: Some("清源镇补〔2026〕A1-0007号".to_owned()), ..slip() },
        received_on: date(2026, 9, 28),
        points: vec![
            point(
                "社会保障卡（或本人银行存折）",
                "未提交",
                "补交原件1份、复印件1份；卡遗失的，到镇农商银行补办，凭回执先行受理",
                "办事指南",
                Instead::Tolerance,
            ),
            point(
                "居民户口簿",
                "缺本人页",
                "补交本人页复印件1份",
                "《社会保险经办条例》第十一条",
                Instead::Nothing,
            ),
        ],
        by: date(2026, 10, 19),
        provisional: false,
        basis: "本事项办理规定".to_owned(),
    }
}

pub(super) fn refused() -> RefusalNotice {
    RefusalNotice {
        slip: Slip {
            number: Some("清源镇不受〔2026〕A1-0002号".to_owned()),
            item_name: "食品摊贩登记".to_owned(),
            ..slip()
        },
        applied_on: date(2026, 9, 25),
        refused_on: date(2026, 9, 28),
        ground: "不属本机关职权".to_owned(),
        reason: "经营地点在县城关镇辖区".to_owned(),
        basis: "《中华人民共和国行政许可法》第三十二条".to_owned(),
        elsewhere: "城关镇便民服务中心（人民路1号，电话0900-6210200）".to_owned(),
        remedy: Remedy::Review {
            reconsideration: "清源县人民政府".to_owned(),
            court: "清源县人民法院".to_owned(),
        },
    }
}

pub(super) fn decided_against() -> DecisionAgainst {
    DecisionAgainst {
        slip: Slip {
            number: Some("清源镇决〔2026〕A1-0003号".to_owned()),
            item_name: "最低生活保障对象审核确认".to_owned(),
            ..slip()
        },
        applied_on: date(2026, 9, 25),
        accepted_on: Some(date(2026, 9, 28)),
        decided_on: date(2026, 10, 20),
        what: "给付",
        reason: "你家庭共同生活成员4人，经信息核对，前六个月人均月收入812元，高于本县农村低保标准".to_owned(),
        basis: "《最低生活保障审核确认办法》（民发〔2021〕57号）第二十三条".to_owned(),
        remedy: Remedy::Review {
            reconsideration: "清源县人民政府".to_owned(),
            court: "清源县人民法院".to_owned(),
        },
    }
}

pub(super) fn tolerated() -> ToleranceCommitment {
    ToleranceCommitment {
        slip: Slip { number: Some("清源镇容〔2026〕A1-0001号".to_owned()), ..slip() },
        owed: vec![("社会保障卡（或本人银行存折）".to_owned(), "原件1份、复印件1份".to_owned())],
        by: date(2026, 10, 12),
        provisional: false,
        accepted_on: date(2026, 9, 28),
    }
}

pub(super) fn committed() -> FactCommitment {
    FactCommitment {
        slip: Slip { number: Some("清源镇诺〔2026〕A1-0004号".to_owned()), ..slip() },
        proofs: vec![
            ("无犯罪记录证明".to_owned(), "《保安服务管理条例》第十六条".to_owned()),
            ("居住证明".to_owned(), String::new()),
        ],
        conditions: "年满60周岁、累计缴费满规定年限且未领取国家规定的其他基本养老保障待遇".to_owned(),
    }
}

pub(super) fn to_deliver() -> DeliveryRecord {
    DeliveryRecord {
        slip: Slip { number: Some("清源镇送〔2026〕A1-0031号".to_owned()), ..slip() },
        documents: vec![
            ("待遇核定表".to_owned(), "清人社核〔2026〕31号".to_owned(), 1),
            ("办结通知书".to_owned(), "清源镇结〔2026〕A1-0031号".to_owned(), 1),
        ],
        delivered: None,
    }
}

pub(super) fn extended() -> ExtensionNotice {
    ExtensionNotice {
        slip: Slip { number: Some("清源镇延〔2026〕A1-0002号".to_owned()), ..slip() },
        before: date(2026, 10, 16),
        after: date(2026, 10, 23),
        provisional: false,
        days: 5,
        reason: "需要向外省社保机构核实缴费记录".to_owned(),
        basis: "本事项办理规定".to_owned(),
        approver: "赵敏".to_owned(),
    }
}

pub(super) fn paused() -> ProcedureNotice {
    ProcedureNotice {
        slip: Slip { number: Some("清源镇特〔2026〕A1-0005号".to_owned()), ..slip() },
        procedure: "信息核对".to_owned(),
        basis: "《最低生活保障审核确认办法》第十五条".to_owned(),
        days: 10,
        from: date(2026, 10, 9),
    }
}

pub(super) fn withdrawn() -> ReturnSlip {
    ReturnSlip {
        slip: Slip { number: Some("清源镇撤〔2026〕A1-0006号".to_owned()), ..slip() },
        applied_on: date(2026, 9, 25),
        on: date(2026, 10, 9),
        reason: "申请人自愿撤回".to_owned(),
        materials: ["居民身份证", "居民户口簿"].map(material).into(),
        back_to: None,
    }
}

pub(super) fn hung() -> PublicNotice {
    PublicNotice {
        slip: Slip {
            number: Some("清源镇示〔2026〕A1-0009号".to_owned()),
            item_name: "高龄津贴申领".to_owned(),
            ..slip()
        },
        purpose: "发放",
        place: "上塬村公示栏".to_owned(),
        basis: "县高龄津贴发放办法".to_owned(),
        from: date(2026, 10, 9),
        to: date(2026, 10, 15),
        term_says: "7天".to_owned(),
        columns: ["姓名", "年龄段"].map(str::to_owned).into(),
        rows: [["王**", "80—89周岁"], ["马**", "90—99周岁"]].map(|row| row.map(str::to_owned).into()).into(),
    }
}

pub(super) fn handed_over() -> HandOverSlip {
    let case = |case_no: &str, applicant: &str, item: &str, materials: &[(&str, u16, u16)]| HandedCase {
        case_no: case_no.to_owned(),
        applicant: applicant.to_owned(),
        item: item.to_owned(),
        missing: false,
        materials: materials
            .iter()
            .map(|(name, originals, copies)| HandedMaterial {
                name: (*name).to_owned(),
                handed: (*originals, *copies),
                counted: None,
            })
            .collect(),
    };
    HandOverSlip {
        issuer: Issuer { unit_full_name: "上塬村便民服务站（演示）".to_owned(), ..issuer() },
        number: Some("上塬村交〔2026〕A1-0003号".to_owned()),
        copy: 1,
        batch: "20260930-A1-003".to_owned(),
        mark: format!("DB1 F06 621099100200-20260925-A1-0007-8 2026-A1-0003 20260930 {}", "A7".repeat(51)),
        from: "上塬村便民服务站（演示）".to_owned(),
        to: "清源镇便民服务中心（演示）".to_owned(),
        by: "李秀兰".to_owned(),
        on: date(2026, 9, 30),
        received: None,
        cases: vec![
            case(
                "621099100200-20260925-A1-0007-8",
                "王𬍛㛃",
                "城乡居民基本养老保险待遇申领",
                &[("申请表", 1, 0), ("居民身份证", 1, 1), ("社会保障卡（或本人银行存折）", 1, 1)],
            ),
            case(
                "621099100200-20260928-A1-0009-5",
                "马秀英",
                "高龄津贴申领",
                &[("居民身份证", 1, 1), ("居民户口簿", 1, 2)],
            ),
            case("621099100200-20260929-A1-0010-2", "阿卜杜热依木·买买提", "农机购置与应用补贴申请", &[]),
        ],
    }
}

/// The same as it was counted on arrival.
pub(super) fn received() -> HandOverSlip {
    let mut slip = handed_over();
    slip.received = Some(("王建国".to_owned(), date(2026, 10, 9)));
    for material in slip.cases.iter_mut().flat_map(|case| &mut case.materials) {
        material.counted = Some(material.handed);
    }
    if let [first, second, third] = slip.cases.as_mut_slice() {
        first.materials[1].counted = Some((0, 1));
        second.missing = true;
        second.materials.iter_mut().for_each(|material| material.counted = None);
        third.materials.clear();
    }
    slip
}

pub(super) fn entrusted() -> PowerOfAttorney {
    let powers = [("递交材料", true), ("签收文书", true), ("领取结果", true), ("代缴费", false)];
    PowerOfAttorney {
        slip: Slip {
            issuer: Issuer { unit_full_name: "上塬村便民服务站（演示）".to_owned(), ..issuer() },
            number: Some("上塬村代委〔2026〕A1-0007号".to_owned()),
            clerk: "李秀兰".to_owned(),
            ..slip()
        },
        sex: "女".to_owned(),
        id_no: "621099195508080014".to_owned(),
        address: "清源镇上塬村三组".to_owned(),
        agent: "李秀兰".to_owned(),
        agent_post: "上塬村代办员".to_owned(),
        powers: powers.map(|(power, on)| (power.to_owned(), on)).into(),
        given: Some(Given {
            from: date(2026, 9, 25),
            to: Some(date(2026, 12, 31)),
            thumbprint: true,
            witness: "马三".to_owned(),
            revoked_on: None,
        }),
    }
}

pub(super) fn ledger(count: usize) -> CaseLedger {
    let entries = (0..count).map(|i| LedgerEntry {
        registered_on: Some(date(2026, 11, 2 + (i % 25) as i8)),
        case_no: format!("621099100200-202611{:02}-A1-{:04}-8", 2 + i % 25, i + 1),
        applicant: ["王𬍛㛃", "马秀英", "阿卜杜热依木·买买提"][i % 3].to_owned(),
        id_no_masked: "6****************4".to_owned(),
        phone_masked: "139****5678".to_owned(),
        item: ["城乡居民基本养老保险待遇申领", "高龄津贴申领", "农机购置与应用补贴申请"][i % 3].to_owned(),
        materials: 4 + (i % 3) as u32,
        agent: "李秀兰".to_owned(),
        handed_over: Some(date(2026, 11, 6)),
        batch: "20261106-A1-003".to_owned(),
        accepted: (i % 4 != 3).then_some(date(2026, 11, 9)),
        promised: (i % 4 != 3).then_some(date(2026, 11, 23)),
        closed: (i % 4 == 0).then_some(date(2026, 11, 20)),
        delivered: (i % 8 == 0).then_some(date(2027, 1, 5)),
        delivered_by: if i % 8 == 0 { "代办员转交" } else { "" }.to_owned(),
        result: ["已办结", "审核中", "已受理", "已移交"][i % 4].to_owned(),
        rating: if i % 8 == 0 { "非常满意" } else { "" }.to_owned(),
        remark: if i == 5 { "作废" } else { "" }.to_owned(),
    });
    CaseLedger {
        issuer: Issuer { unit_full_name: "上塬村便民服务站（演示）".to_owned(), ..issuer() },
        month: date(2026, 11, 1),
        entries: entries.collect(),
        by: "李秀兰".to_owned(),
        on: date(2026, 11, 30),
    }
}

pub(super) fn changed(count: usize) -> ItemChanges {
    let changes = (0..count).map(|i| ChangedItem {
        name: ["城乡居民基本养老保险待遇申领", "高龄津贴申领"][i % 2].to_owned(),
        from: date(2026, 10, 1 + (i % 28) as i8),
        says: ["取消材料：居民户口簿", "承诺期限：15个工作日改为10个工作日"][..1 + i % 2]
            .iter()
            .map(|says| (*says).to_owned())
            .collect(),
    });
    ItemChanges {
        issuer: Issuer { unit_full_name: "清源县政务服务中心（演示）".to_owned(), ..issuer() },
        catalogue: "2026.2".to_owned(),
        changes: changes.collect(),
        on: date(2026, 9, 28),
    }
}

pub(super) fn agent_changed(count: usize) -> AgentChange {
    let cases = (0..count).map(|i| GivenOn {
        case_no: format!("621099100200-202609{:02}-A1-{:04}-8", 1 + i % 25, i + 1),
        applicant: ["王𬍛㛃", "马秀英", "阿卜杜热依木·买买提"][i % 3].to_owned(),
        item: ["城乡居民基本养老保险待遇申领", "高龄津贴申领"][i % 2].to_owned(),
        state: ["已登记", "移交在途"][i % 2].to_owned(),
        from: if i % 5 == 4 { "" } else { "李秀兰" }.to_owned(),
        on: date(2026, 9, 28),
        originals: [("居民户口簿".to_owned(), 1), ("居民身份证".to_owned(), 1)][..i % 3].into(),
    });
    AgentChange {
        issuer: Issuer { unit_full_name: "上塬村便民服务站（演示）".to_owned(), ..issuer() },
        to: "赵敏".to_owned(),
        cases: cases.collect(),
        on: date(2026, 9, 28),
    }
}

pub(super) fn not_certified() -> CertificateRefusal {
    CertificateRefusal {
        slip: Slip {
            issuer: Issuer { unit_full_name: "上塬村便民服务站（演示）".to_owned(), ..issuer() },
            number: Some("上塬村不证〔2026〕A1-0001号".to_owned()),
            item_name: "村（居）民委员会出具证明".to_owned(),
            impl_code: "11621099MA0000A19Y6622098040000".to_owned(),
            agent: None,
            clerk: "李秀兰".to_owned(),
            ..slip()
        },
        certificate: "亲属关系证明".to_owned(),
        asked_by: "某保险公司清源支公司".to_owned(),
        applied_on: date(2026, 9, 25),
        ground: Ground::Listed,
        basis: "《民政部等关于改进和规范基层群众性自治组织出具证明工作的指导意见》（民发〔2020〕20号）"
            .to_owned(),
        instead: "用居民户口簿、结婚证、出生医学证明等证件证明；证件不能证明的，到公证机构办理公证。"
            .to_owned(),
    }
}

pub(super) fn visited() -> ServiceVisit {
    ServiceVisit {
        issuer: issuer(),
        matter_no: "SM-621099100200-20261105-A1-0002-7".to_owned(),
        kind: "上门".to_owned(),
        asker: "王𬍛㛃".to_owned(),
        phone_masked: "139****5678".to_owned(),
        asked_on: date(2026, 11, 5),
        channel: "来电".to_owned(),
        agreed_on: Some(date(2026, 11, 9)),
        text: "老人卧床，需要上门办理养老保险待遇资格认证，并带回高龄津贴申请材料".to_owned(),
        case_no: "621099100200-20260925-A1-0007-8".to_owned(),
        first_contact: "李秀兰".to_owned(),
        owner: "李秀兰".to_owned(),
        done: vec![(date(2026, 11, 9), "已上门认证，材料齐全，当天移交".to_owned())],
        mark: format!("DB1 F22 SM-621099100200-20261105-A1-0002-7 2026-A1 20261109 {}", "A7".repeat(51)),
    }
}

pub(super) fn filed() -> CaseFile {
    let paper = |number: &str, author: &str, title: &str, on, note: &str| FiledPaper {
        number: number.to_owned(),
        author: author.to_owned(),
        title: title.to_owned(),
        on,
        note: note.to_owned(),
    };
    let centre = "清源镇便民服务中心（演示）";
    CaseFile {
        slip: Slip { number: Some("清源镇卷〔2026〕A1-0031号".to_owned()), ..slip() },
        title: "王𬍛㛃申请城乡居民基本养老保险待遇申领的案卷".to_owned(),
        from: date(2026, 9, 25),
        to: date(2026, 10, 14),
        retention: "30年".to_owned(),
        papers: vec![
            paper("", "王𬍛㛃", "申请表", Some(date(2026, 9, 25)), "原件1"),
            paper("", "王𬍛㛃", "居民身份证", Some(date(2026, 9, 25)), "复印件1；原件已退还"),
            paper(
                "上塬村代登〔2026〕A1-0007号",
                "上塬村便民服务站（演示）",
                "代办登记回执",
                Some(date(2026, 9, 25)),
                "",
            ),
            paper("清源镇受〔2026〕A1-0012号", centre, "受理通知书", Some(date(2026, 9, 28)), ""),
            paper("清源镇结〔2026〕A1-0031号", centre, "办结通知书", Some(date(2026, 10, 14)), "补打1次"),
        ],
        remarks: vec!["照片、扫描件 2 件存电子档案。".to_owned()],
    }
}

pub(super) fn consulted() -> JointReview {
    let organ = |organ: &str, answer| Consulted {
        organ: organ.to_owned(),
        sent_on: date(2026, 8, 4),
        due: Some(date(2026, 8, 7)),
        answer,
    };
    JointReview {
        slip: Slip {
            number: Some("清源镇联〔2026〕A1-0001号".to_owned()),
            item_name: "农村宅基地批准".to_owned(),
            ..slip()
        },
        lead: "清源镇便民服务中心（演示）".to_owned(),
        organs: vec![
            organ(
                "自然资源所",
                Some(OrganAnswer::Said {
                    on: date(2026, 8, 6),
                    opinion: "现状为耕地，须先办农用地转用审批手续".to_owned(),
                }),
            ),
            organ(
                "林业站",
                Some(OrganAnswer::Tacit {
                    on: date(2026, 8, 12),
                    absent: false,
                    evidence: "8月4日签收的分送单".to_owned(),
                }),
            ),
            organ("水利站", None),
        ],
    }
}

pub(super) fn met() -> JointMinutes {
    JointMinutes {
        slip: Slip { number: Some("清源镇纪〔2026〕A1-0001号".to_owned()), ..consulted().slip },
        lead: "清源镇便民服务中心（演示）".to_owned(),
        held_on: date(2026, 8, 10),
        present: ["自然资源所", "农业农村办"].map(str::to_owned).into(),
        absent: vec!["林业站".to_owned()],
        minutes: "一、同意按“一户一宅”条件审查。\n二、现状为耕地，先办农用地转用，所需时间不计入办理期限。"
            .to_owned(),
    }
}
