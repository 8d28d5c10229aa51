//! The forms as people see them: their text, in the layout and in the real PDF.

mod characters;
mod facts;
mod guides;
mod heads;
mod reports;
mod snapshots;
mod watermarks;

use crate::*;
use facts::{accepted, material, notice, person, receipt, slip};
use jiff::civil::date;
use std::{io::Write, process::Command, sync::LazyLock};

static FACES: LazyLock<Faces> = LazyLock::new(|| Faces::load(&[]).unwrap());

fn unbroken(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What a PDF reader finds in the file.
fn read_back(layout: &Layout) -> String {
    let about = About {
        title: "受理通知书", author: "清源镇便民服务中心（演示）", on: date(2026, 9, 28)
    };
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&pdf(layout, &FACES, about)).unwrap();
    let read = Command::new("pdftotext").arg("-layout").arg(file.path()).arg("-").output().unwrap();
    String::from_utf8(read.stdout).unwrap()
}

#[test]
fn the_notice_of_acceptance_says_what_the_law_asks() {
    let layout = accepted().lay_out(&FACES).unwrap();
    assert_eq!(layout.pages.len(), 2, "two parts of a page each");
    for text in [layout.text(), read_back(&layout)] {
        let text = unbroken(&text);
        for words in [
            "清源镇便民服务中心（演示）",
            "受理通知书",
            "编号：清源镇受〔2026〕A1-0012号",
            "王𬍛㛃",
            "依据《中华人民共和国社会保险法》第二十一条、第二十二条",
            "承诺于2026年10月16日（星期五）前办结",
            "621099********0014",
            "办件编号：621099100200-20260928-A1-0007-8",
            "监督电话：0900-6210199",
            "第一联申请人留存",
            "第二联存入案卷",
        ] {
            assert!(text.contains(&unbroken(words)), "{words} is missing in\n{text}");
        }
        assert!(!text.contains("行政许可法"), "no licence, no licensing law");
    }
}

#[test]
fn before_acceptance_it_is_a_receipt() {
    let text = unbroken(
        &notice(NoticeKind::Receipt { notice_by: date(2026, 10, 9) }).lay_out(&FACES).unwrap().text(),
    );
    assert!(text.contains("收件凭证") && text.contains("2026年10月9日（星期五）前决定是否受理"));
    assert!(!text.contains("受理通知书》") && !text.contains("予以受理"));
}

#[test]
fn a_provisional_date_says_so_and_a_preview_has_no_number() {
    let kind = NoticeKind::Acceptance {
        accepted_on: date(2026, 12, 28),
        how: Accepted::Complete,
        due: Some((date(2027, 1, 12), true)),
        instant: false,
    };
    let text = unbroken(
        &AcceptanceNotice { slip: Slip { number: None, ..slip() }, ..notice(kind) }
            .lay_out(&FACES)
            .unwrap()
            .text(),
    );
    assert!(text.contains("办结日期为暂定，以国务院节假日安排为准"));
    assert!(text.contains("（预览，未编号）"));
    let reprint =
        AcceptanceNotice { slip: Slip { copy: 3, ..slip() }, ..accepted() }.lay_out(&FACES).unwrap().text();
    assert!(unbroken(&reprint).contains("补打第2次"));
}

#[test]
fn the_villages_receipt_is_no_acceptance() {
    let layout = receipt().lay_out(&FACES).unwrap();
    assert_eq!(layout.pages.len(), 1, "two parts on one sheet");
    let text = unbroken(&read_back(&layout));
    for words in [
        "本回执不是受理凭证，受理日期以清源镇便民服务中心（演示）出具的受理通知书为准",
        "代办服务不收取任何费用",
        "阿卜杜热依木·买买提",
        "尚缺材料：社会保障卡（或本人银行存折）",
        "第二联代办点留存",
    ] {
        assert_eq!(
            text.matches(words).count(),
            if words.starts_with("第二联") { 1 } else { 2 },
            "{words} in\n{text}"
        );
    }
}

#[test]
fn many_materials_go_on_to_the_next_page_under_the_same_heading() {
    let mut notice = accepted();
    notice.materials = (1..=45).map(|i| material(&format!("第{i}样材料"))).collect();
    let layout = notice.lay_out(&FACES).unwrap();
    let per_part = layout.pages.len() / 2;
    assert!(per_part > 1);
    for page in &layout.pages {
        let text = Layout { pages: vec![page.clone()], ..layout }.text();
        assert_eq!(text.contains("样材料"), text.contains("材料名称"), "{text}");
    }
    assert!(layout.text().contains(&format!("第 2 页，共 {per_part} 页")));
    let mut receipt = receipt();
    receipt.materials = notice.materials;
    assert!(receipt.lay_out(&FACES).unwrap().pages.len() >= 2, "no longer fits on half a sheet");
}

#[test]
fn a_character_that_no_font_has_is_named_before_anything_is_printed() {
    let notice = AcceptanceNotice { slip: Slip { applicant: person("王\u{e863}"), ..slip() }, ..accepted() };
    assert_eq!(notice.lay_out(&FACES).unwrap_err(), FormError::GlyphMissing { chars: vec!['\u{e863}'] });
    assert_eq!(covers("王𬍛㛃䶮𠅤", &FACES), []);
}

#[test]
fn the_same_facts_give_the_same_bytes_and_the_picture_shows_them() {
    let layout = accepted().lay_out(&FACES).unwrap();
    let about = About { title: "受理通知书", author: "清源镇", on: date(2026, 9, 28) };
    assert!(pdf(&layout, &FACES, about) == pdf(&layout, &FACES, about));
    let pictures = svg(&layout, &FACES);
    assert_eq!(pictures.len(), 2);
    let glyphs = layout.pages[0].items.iter().map(|item| match item {
        typeset::Item::Text { glyphs, .. } => {
            glyphs.iter().filter(|glyph| !glyph.char.is_whitespace()).count()
        }
        _ => 0,
    });
    assert!(pictures[0].matches("<use ").count() >= glyphs.sum());
}

#[test]
fn papers_name_an_organisation_a_guardian_and_a_neighbour() {
    let company = Party {
        name: "清源县金泉养殖专业合作社".to_owned(),
        organisation: true,
        id_kind: "统一社会信用代码".to_owned(),
        id_no_masked: "93621099MA0000XY1K".to_owned(),
        phone_masked: "139****5678".to_owned(),
        legal_representative: "马建国".to_owned(),
        handler: "马小兰".to_owned(),
        ..Party::default()
    };
    let child = Party {
        name: "王小宝".to_owned(),
        id_kind: "临时号码".to_owned(),
        id_no_masked: "NB6210******************0105".to_owned(),
        phone_masked: "138****0000".to_owned(),
        contact: "邻居李四".to_owned(),
        guardian: "王秀兰".to_owned(),
        ..Party::default()
    };
    let foreigner = Party {
        name: "MARIA GARCIA".to_owned(),
        id_kind: "普通护照".to_owned(),
        id_no_masked: "EA****567".to_owned(),
        ..Party::default()
    };
    let table: [(Party, &[&str]); 3] = [
        (
            company,
            &[
                "清源县金泉养殖专业合作社",
                "统一社会信用代码",
                "93621099MA0000XY1K",
                "法定代表人",
                "马建国",
                "经办人",
                "马小兰",
            ],
        ),
        (child, &["王小宝", "临时号码", "监护人", "王秀兰", "138****0000（邻居李四代转）"]),
        (foreigner, &["MARIA GARCIA", "普通护照", "EA****567"]),
    ];
    for (applicant, expected) in table {
        let notice = AcceptanceNotice { slip: Slip { applicant: applicant.clone(), ..slip() }, ..accepted() }
            .lay_out(&FACES)
            .unwrap();
        assert_eq!(notice.pages.len(), 2, "a page each: {}", applicant.name);
        let receipt = RegistrationReceipt { slip: Slip { applicant, ..receipt().slip }, ..receipt() }
            .lay_out(&FACES)
            .unwrap();
        for text in [read_back(&notice), read_back(&receipt)].map(|text| unbroken(&text)) {
            for words in expected {
                assert!(text.contains(&unbroken(words)), "{words} is missing in\n{text}");
            }
        }
    }
}
