//! 公文, reports, questionnaires and registers.

use super::{FACES, facts::issuer, unbroken};
use crate::*;
use jiff::civil::date;

const ORGAN: &str = "清源县政务服务中心（演示）";

fn texts<const N: usize>(all: [&str; N]) -> Vec<String> {
    all.map(str::to_owned).into()
}

fn card() -> CardNotice {
    let text = str::to_owned;
    CardNotice {
        organ: text(ORGAN),
        number: text("清政督〔2026〕7号"),
        card: Card::Yellow,
        unit: text("石河乡便民服务中心（演示）"),
        item_name: text("城乡居民基本养老保险待遇申领"),
        case_no: text("621099200200-20260902-A1-0003-5"),
        rule: text("JC03"),
        situation: text("超过承诺时限未办结"),
        step: text("办结"),
        due: date(2026, 9, 16),
        done: Some(date(2026, 9, 18)),
        overdue: 2,
        demand: text("查明超期原因，完善到期前提醒；同类办件逐件自查"),
        answer_within: 3,
        signer: text("刘敏"),
        on: date(2026, 9, 21),
    }
}

fn supervision() -> SupervisionNotice {
    let demand = |head: &str, text: &str| (head.to_owned(), text.to_owned());
    SupervisionNotice {
        organ: ORGAN.to_owned(),
        number: "清政督〔2026〕8号".to_owned(),
        unit: "石河乡人民政府（演示）".to_owned(),
        subject: "便民服务办件超期".to_owned(),
        problems: texts([
            "9月份共受理办件42件，超期5件，其中3件超期3个工作日以上；村级移交的两批材料在乡镇窗口滞留4个工作日才收件。",
            "两件差评自收到之日起5个工作日内没有核实整改，也没有回访。",
        ]),
        demands: vec![
            demand("限期办结", "对仍在办的超期件逐件列出原因、责任人和办结日期，能当日办结的当日办结。"),
            demand("整改差评", "由未参与办理的人员核实两件差评，依法整改并回访，回访率应当达到100%。"),
            demand("完善制度", "村级移交材料当日收件、当面点清；承诺到期前一个工作日提醒经办人。"),
        ],
        by: date(2026, 10, 16),
        contact: "0900-6210099".to_owned(),
        copies_to: "县人民政府办公室，县人力资源和社会保障局".to_owned(),
        on: date(2026, 9, 28),
    }
}

fn basis() -> Basis {
    Basis {
        scope: "系统内登记的办件，按环节发生地当日日期统计".to_owned(),
        as_of: "2026年9月30日17时30分".to_owned(),
        missing: texts(["石河村便民服务站（演示）"]),
    }
}

fn ranked(unit: &str, rank: u32) -> Ranked {
    Ranked {
        unit: unit.to_owned(),
        rates: ["98.52%", "97.01%", "83.58%", "99.12%"].map(str::to_owned),
        cards: [1, 0],
        rank,
    }
}

fn circular() -> Circular {
    Circular {
        organ: ORGAN.to_owned(),
        number: "清政通〔2026〕9号".to_owned(),
        month: "2026年9月".to_owned(),
        recipients: "各乡镇人民政府、街道办事处，县级有关部门".to_owned(),
        overview: "9月份，全县便民服务网点共接件412件，受理398件，办结391件，办结率98.24%，按时办结率96.93%，群众满意率99.12%（样本数227）。各乡镇（街道）办理情况如下：".to_owned(),
        ranking: vec![
            ranked("清源镇便民服务中心（演示）", 1),
            ranked("石河乡便民服务中心（演示）", 2),
        ],
        praised: "清源镇综合受理窗口为红旗窗口，上塬村代办员李秀兰为服务标兵".to_owned(),
        problems: texts([
            "一是个别乡镇收件不及时。石河乡两批材料滞留超过3个工作日，占全县未按时收件批次的三分之二。",
            "二是一次性告知不规范。抽查案卷30卷，发现告知内容不全的4卷，其中1卷两次要求补正，增加了群众跑动次数。",
        ]),
        demands: texts([
            "各乡镇（街道）要对照问题逐项整改，于10月16日前报送整改情况；对超期件实行销号管理，办结一件、销号一件。",
            "要落实日清周结，当日即办件当日办结，次日到期件提前提醒，按时核对统计、上报数据。",
        ]),
        basis: basis(),
        attachments: texts(["便民服务月报表"]),
        copies_to: "县人民政府办公室".to_owned(),
        on: date(2026, 10, 9),
    }
}

fn counts(unit: &str) -> Counts {
    Counts {
        unit: unit.to_owned(),
        received: 12,
        accepted: [3, 8, 1],
        refused: 1,
        awaiting: 2,
        closed: [3, 7, 0],
        delivered: 9,
        open: 15,
        due_tomorrow: 2,
        overdue: 1,
        open_batches: 1,
        ratings: [6, 2, 1, 0, 1],
        bad_ratings: 1,
        reporter: "王建国".to_owned(),
        until: "17:30".to_owned(),
    }
}

fn stock(unit: &str) -> Stock {
    Stock {
        unit: unit.to_owned(),
        before: 14,
        accepted: 12,
        closed: 10,
        left: 1,
        open: 15,
        overdue_because: "1件等外省社保机构核实缴费记录".to_owned(),
        active_villages: (2, 3),
        synced: "9月28日17时12分".to_owned(),
    }
}

fn performance(unit: &str) -> Performance {
    Performance {
        unit: unit.to_owned(),
        closing: ["98.24%", "25.13%", "96.93%", "81.20%"].map(str::to_owned),
        took: ["4.1天", "4天"].map(str::to_owned),
        handling: ["6.53%", "61.81%", "88.49%"].map(str::to_owned),
        rating: ["57.29%", "99.12%"].map(str::to_owned),
        cards: [1, 0],
        correction: ["100.00%", "—"].map(str::to_owned),
        inspected: (30, 4, "75.00%".to_owned()),
        rank: 1,
    }
}

const UNITS: [&str; 3] = ["清源镇便民服务中心", "石河乡便民服务中心", "上塬村便民服务站"];

fn report(rhythm: Rhythm) -> Report {
    Report {
        unit_full_name: ORGAN.to_owned(),
        rhythm,
        period: match rhythm {
            Rhythm::Daily => "2026年9月28日",
            Rhythm::Weekly => "2026年9月21日至27日",
            Rhythm::Monthly => "2026年9月",
        }
        .to_owned(),
        counts: UNITS.map(counts).into(),
        stocks: UNITS.map(stock).into(),
        performances: UNITS.map(performance).into(),
        basis: basis(),
    }
}

/// Two hundred townships: as large as it gets.
fn large_report() -> Report {
    let unit = |i: usize| format!("第{i}乡（镇）便民服务中心");
    Report {
        counts: (1..=60).map(|i| counts(&unit(i))).collect(),
        stocks: (1..=60).map(|i| Stock { open: 16, ..stock(&unit(i)) }).collect(),
        performances: (1..=60).map(|i| performance(&unit(i))).collect(),
        ..report(Rhythm::Monthly)
    }
}

fn quarter() -> QuarterNotice {
    let row = |unit: &str, rated| QuarterRow {
        unit: unit.to_owned(),
        accepted: 1_204,
        closed: 1_189,
        closed_rate: "98.75%".to_owned(),
        in_time: "97.31%".to_owned(),
        satisfied: "99.12%".to_owned(),
        rated,
        complaints: (3, 3),
        reduced: ["40.10%", "38.00%", "86.00%", "76.40%"].map(str::to_owned),
    };
    QuarterNotice {
        issuer: Issuer { unit_full_name: ORGAN.to_owned(), ..issuer() },
        quarter: "2026年第三季度".to_owned(),
        rows: vec![row("清源镇便民服务中心（演示）", 684), row("石河乡便民服务中心（演示）", 21)],
        basis: basis(),
        on: date(2026, 10, 9),
    }
}

fn questionnaire() -> Questionnaire {
    let text = str::to_owned;
    Questionnaire {
        title: text("2026年便民服务工作民主评议"),
        organiser: text("县政协办公室"),
        object: text("各乡镇便民服务中心、村（社区）便民服务站"),
        period: text("2026年10月9日至10月31日"),
        return_to: text("县政务服务中心大厅意见箱，或各乡镇便民服务中心"),
        number: text("MP2026-0087"),
    }
}

fn rating(n: u32) -> RatingSlip {
    RatingSlip {
        issuer: issuer(),
        case_no: "621099100200-20260928-A1-0007-8".to_owned(),
        item_name: "城乡居民基本养老保险待遇申领".to_owned(),
        number: format!("A1-{n:04}"),
    }
}

fn seals(uses: usize) -> SealRegister {
    let one = |i: usize| SealUse {
        on: date(2026, 9, 28),
        seal: if i.is_multiple_of(3) { "审批专用章" } else { "受理专用章" }.to_owned(),
        paper: "受理通知书".to_owned(),
        number: format!("清源镇受〔2026〕A1-{:04}号", i + 1),
        times: 2,
        approver: "赵敏".to_owned(),
        clerk: "王建国".to_owned(),
    };
    SealRegister {
        issuer: issuer(),
        period: "2026年9月".to_owned(),
        keeper: "马小兰".to_owned(),
        uses: (0..uses).map(one).collect(),
    }
}

pub(super) fn forms() -> Vec<(&'static str, Layout)> {
    let faces = &*FACES;
    let lay = |layout: Result<Layout, FormError>| layout.unwrap();
    let long = "对照问题逐项整改，做到原因不查清不放过、责任不落实不放过、整改不到位不放过。".repeat(6);
    vec![
        ("F13", lay(card().lay_out(faces))),
        (
            "F13-red",
            lay(CardNotice { card: Card::Red, done: None, demand: long.clone(), ..card() }.lay_out(faces)),
        ),
        ("F16", lay(questionnaire().lay_out(faces))),
        ("F16b", lay(rating_slips(&[rating(1), rating(2)], faces))),
        ("F16b-pages", lay(rating_slips(&[rating(1), rating(2), rating(3)], faces))),
        ("F19-day", lay(report(Rhythm::Daily).lay_out(faces))),
        ("F19-week", lay(report(Rhythm::Weekly).lay_out(faces))),
        ("F19", lay(report(Rhythm::Monthly).lay_out(faces))),
        ("F19-pages", lay(large_report().lay_out(faces))),
        (
            "F19-bare",
            lay(Report {
                counts: vec![Counts { unit: "柳湾村".to_owned(), ..Counts::default() }],
                basis: Basis { missing: Vec::new(), ..basis() },
                ..report(Rhythm::Daily)
            }
            .lay_out(faces)),
        ),
        ("F19-circular", lay(circular().lay_out(faces))),
        ("F19-quarter", lay(quarter().lay_out(faces))),
        ("F20", lay(supervision().lay_out(faces))),
        (
            "F20-pages",
            lay(SupervisionNotice { problems: vec![long; 6], copies_to: String::new(), ..supervision() }
                .lay_out(faces)),
        ),
        ("F25", lay(seals(5).lay_out(faces))),
        ("F25-pages", lay(seals(45).lay_out(faces))),
        ("F25-bare", lay(seals(0).lay_out(faces))),
    ]
}

/// GB/T 9704-2012, 5.2.3: 22 lines of 28 characters a page, within 156 mm × 225 mm.
#[test]
fn an_official_page_has_twenty_two_lines_of_twenty_eight_characters() {
    let layout =
        SupervisionNotice { problems: vec!["查".repeat(28 * 60)], ..supervision() }.lay_out(&FACES).unwrap();
    let second = &layout.pages[1];
    let lines: Vec<(f32, f32, usize)> = second
        .items
        .iter()
        .filter_map(|item| match item {
            typeset::Item::Text { x, y, glyphs, .. } if glyphs.iter().all(|glyph| glyph.char == '查') => {
                Some((*x, *y, glyphs.len()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(lines.len(), 22);
    assert!(lines.iter().all(|(x, _, count)| *count == 28 && (x - typeset::mm(28.0)).abs() < 0.01));
    let (top, bottom) = (typeset::mm(297.0 - 37.0), typeset::mm(35.0));
    assert!(lines.iter().all(|(_, y, _)| (bottom..top).contains(y)));
}

#[test]
fn a_week_that_does_not_add_up_says_by_how_much() {
    let text = |open| {
        let stocks = vec![Stock { open, ..stock("清源镇") }];
        unbroken(&Report { stocks, ..report(Rhythm::Weekly) }.lay_out(&FACES).unwrap().text())
    };
    assert!(text(15).contains('平'));
    assert!(text(13).contains("差2"));
}

/// No document ends with a signature alone on its page.
#[test]
fn text_goes_with_the_signature() {
    for length in 150..260 {
        let problems = vec!["查".repeat(length * 4)];
        let layout = SupervisionNotice { problems, ..supervision() }.lay_out(&FACES).unwrap();
        let last = Layout { pages: vec![layout.pages.last().unwrap().clone()], ..layout };
        let lines = last.text().lines().count();
        assert!(lines >= 2 + 2 + 1 + 3, "{length}: {}", last.text());
    }
}
