//! Facts to print.

use crate::*;
use jiff::civil::date;

pub(super) fn issuer() -> Issuer {
    Issuer {
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
        due: date(2026, 10, 16),
        provisional: false,
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
        collect_by: Some(date(2026, 10, 28)),
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
