//! Printing: one notice of acceptance, and a thousand in one file, in a process of its own for its memory. LibreOffice's way
//! with the same notice is `tests/peers/mail_merge.py`.

use crate::goal::{Goals, Took};
use crate::memory::peak_kb;
use daiban_forms::{
    About, AcceptanceNotice, Accepted, Faces, Issuer, Layout, MaterialLine, NoticeKind, Party, Slip, pdf,
};
use jiff::civil::date;
use std::{hint::black_box, process::Command};

const ONES: usize = 200;
const MANY: usize = 1_000;

pub fn run(goals: &mut Goals) {
    let faces = Faces::load(&[]).unwrap();
    let one = |n| {
        let layout = notice(n).lay_out(&faces).unwrap();
        let first = Layout { pages: layout.pages[..1].to_vec(), ..layout };
        (file(&first, &faces), file(&layout, &faces))
    };
    black_box(one(0));
    let (page, both) = one(1);
    let (_, took) = Took::by(|| {
        for n in 0..ONES {
            black_box(file(&notice(n).lay_out(&faces).unwrap(), &faces));
        }
    });
    let each = took.cpu.as_secs_f64() * 1_000.0 / ONES as f64;
    goals.at_most("one notice, warm, of the processor", each, 15.0, "ms");
    goals.at_most("its file, both parts", both.len() as f64 / 1_000.0, 60.0, "kB");
    goals.at_most("a part alone", page.len() as f64 / 1_000.0, 60.0, "kB");
    let itself = std::env::current_exe().unwrap();
    let output = Command::new(itself).arg("be-printer").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let figures: Vec<f64> = said.split_whitespace().map(|figure| figure.parse().unwrap()).collect();
    let [seconds, bytes, peak] = figures[..] else { panic!("{said}") };
    goals.at_most(&format!("{MANY} pages of notices in one file, of the processor"), seconds, 1.0, "s");
    goals.at_most("their file", bytes / 1_000_000.0, 4.0, "MB");
    goals.at_most("memory for them", peak / 1_000.0, 160.0, "MB");
}

/// Five hundred notices in two parts, a thousand pages in one file: seconds of the processor, bytes, kilobytes of memory at the most.
pub fn be_printer() {
    let faces = Faces::load(&[]).unwrap();
    let (bytes, took) = Took::by(|| {
        let mut whole: Option<Layout> = None;
        for n in 0..MANY / 2 {
            let layout = notice(n).lay_out(&faces).unwrap();
            match &mut whole {
                Some(whole) => whole.pages.extend(layout.pages),
                None => whole = Some(layout),
            }
        }
        file(&whole.unwrap(), &faces)
    });
    println!("{} {} {}", took.cpu.as_secs_f64(), bytes.len(), peak_kb());
}

fn file(layout: &Layout, faces: &Faces) -> Vec<u8> {
    let about = About {
        title: "受理通知书", author: "清源镇便民服务中心（演示）", on: date(2026, 9, 28)
    };
    pdf(layout, faces, about)
}

fn notice(n: usize) -> AcceptanceNotice {
    let material =
        |name: &str| MaterialLine { name: name.to_owned(), originals: 1, copies: 1, note: String::new() };
    let case_no = format!("621099100200-20260928-A1-{n:04}-8");
    AcceptanceNotice {
        slip: Slip {
            issuer: Issuer {
                unit_full_name: "清源镇便民服务中心（演示）".to_owned(),
                address: "清源镇人民路18号".to_owned(),
                phone: "0900-6210100".to_owned(),
                complaint_phone: "0900-6210199".to_owned(),
                ..Issuer::default()
            },
            number: Some(format!("清源镇受〔2026〕A1-{n:04}号")),
            copy: 1,
            mark: format!("DB1 F02 {case_no} 2026-A1-{n:04} 20260928 {}", "A7".repeat(51)),
            case_no,
            item_name: "城乡居民基本养老保险待遇申领".to_owned(),
            impl_code: "11621099MA0000A19Y5622014002000".to_owned(),
            applicant: Party {
                name: "王秀兰".to_owned(),
                id_kind: "居民身份证".to_owned(),
                id_no_masked: format!("621099********{n:04}"),
                phone_masked: "139****5678".to_owned(),
                ..Party::default()
            },
            agent: Some("李秀兰".to_owned()),
            clerk: "王建国".to_owned(),
            on: date(2026, 9, 28),
            own_words: Vec::new(),
        },
        applied_on: date(2026, 9, 25),
        received_on: date(2026, 9, 28),
        kind: NoticeKind::Acceptance {
            accepted_on: date(2026, 9, 28),
            how: Accepted::Complete,
            due: Some((date(2026, 10, 16), false)),
            instant: false,
        },
        handling_type: "承诺件".to_owned(),
        statutory_says: "法律未作规定".to_owned(),
        promise_says: "10个工作日".to_owned(),
        materials: ["申请表", "居民身份证", "居民户口簿", "社会保障卡（或本人银行存折）"]
            .map(material)
            .into(),
        basis: "《中华人民共和国社会保险法》第二十一条、第二十二条".to_owned(),
    }
}
