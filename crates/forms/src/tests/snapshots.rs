//! Every form as a PDF reader finds it, against what it was when somebody last looked at it. `DAIBAN_SNAPSHOTS=write` writes
//! the texts anew, and pictures of the usual ones; the
//! PDFs lie in `target/forms` to be looked at.

use super::{
    FACES,
    facts::{
        accepted, agent_changed, changed, committed, completed, consulted, decided_against, entrusted,
        extended, filed, gaps, handed_over, hung, ledger, material, met, not_certified, notice, paused,
        person, receipt, received, refused, slip, to_deliver, tolerated, visited, withdrawn,
    },
};
use crate::*;
use jiff::civil::date;
use std::{env, fs, path::PathBuf, process::Command};

const LONG_NAME: &str = "阿卜杜热合曼·麦麦提图尔荪·艾合买提江·库尔班尼亚孜";
const RARE: &str = "王𬍛㛃𠅤䶮";

fn at(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

fn called(name: &str) -> Slip {
    Slip { applicant: person(name), ..slip() }
}

/// Sparse: nothing that may be missing is there.
fn of_an_item_with_words_of_its_own() -> Slip {
    let own_words = [
        "养老金从批准的次月起发放到本人社会保障卡，卡没有激活银行账户的，请先到服务银行激活。",
        "每年须通过一次待遇资格认证，可以由代办员上门用手机办理。",
    ];
    Slip { own_words: own_words.map(str::to_owned).into(), ..slip() }
}

fn bare() -> Slip {
    let applicant = Party { name: "王一".to_owned(), ..Party::default() };
    let issuer = Issuer {
        address: String::new(),
        phone: String::new(),
        complaint_phone: String::new(),
        ..slip().issuer
    };
    Slip { issuer, number: None, agent: None, applicant, ..slip() }
}

fn accepted_how(how: Accepted) -> NoticeKind {
    NoticeKind::Acceptance { accepted_on: date(2026, 9, 28), how, due: None, instant: false }
}

fn forms() -> Vec<(&'static str, Layout)> {
    let faces = &*FACES;
    let lay = |layout: Result<Layout, FormError>| layout.unwrap();
    let receipt_kind = NoticeKind::Receipt { notice_by: date(2026, 10, 9) };
    let many = || (1..=40).map(|i| material(&format!("第{i}样材料"))).collect::<Vec<_>>();
    vec![
        ("F01", lay(receipt().lay_out(faces))),
        ("F01-rare", lay(RegistrationReceipt { slip: called(RARE), ..receipt() }.lay_out(faces))),
        (
            "F01-bare",
            lay(RegistrationReceipt {
                slip: bare(),
                materials: Vec::new(),
                gaps: Vec::new(),
                hand_over_by: None,
                ..receipt()
            }
            .lay_out(faces)),
        ),
        ("F01-pages", lay(RegistrationReceipt { materials: many(), ..receipt() }.lay_out(faces))),
        ("F02", lay(accepted().lay_out(faces))),
        ("F02-receipt", lay(notice(receipt_kind).lay_out(faces))),
        (
            "F02-own",
            lay(AcceptanceNotice { slip: of_an_item_with_words_of_its_own(), ..accepted() }.lay_out(faces)),
        ),
        ("F02-long", lay(AcceptanceNotice { slip: called(LONG_NAME), ..accepted() }.lay_out(faces))),
        (
            "F02-bare",
            lay(AcceptanceNotice { slip: bare(), materials: Vec::new(), ..accepted() }.lay_out(faces)),
        ),
        ("F02-pages", lay(AcceptanceNotice { materials: many(), ..accepted() }.lay_out(faces))),
        (
            "F02-tolerant",
            lay(notice(accepted_how(Accepted::Tolerant {
                owed: vec!["社会保障卡（或本人银行存折）".to_owned()],
                by: date(2026, 10, 12),
            }))
            .lay_out(faces)),
        ),
        ("F02-silent", lay(notice(accepted_how(Accepted::Silent)).lay_out(faces))),
        ("F03", lay(gaps().lay_out(faces))),
        (
            "F03-pages",
            lay(OneTimeNotice {
                points: gaps().points.into_iter().cycle().take(14).collect(),
                provisional: true,
                ..gaps()
            }
            .lay_out(faces)),
        ),
        ("F03-bare", lay(OneTimeNotice { slip: bare(), ..gaps() }.lay_out(faces))),
        ("F04", lay(refused().lay_out(faces))),
        (
            "F04-service",
            lay(RefusalNotice {
                slip: bare(),
                ground: String::new(),
                elsewhere: String::new(),
                reason: "申请人未满60周岁".to_owned(),
                remedy: Remedy::Complaint { phone: "0900-6210199".to_owned() },
                ..refused()
            }
            .lay_out(faces)),
        ),
        ("F05", lay(tolerated().lay_out(faces))),
        (
            "F05-rare",
            lay(ToleranceCommitment { slip: called(RARE), provisional: true, ..tolerated() }.lay_out(faces)),
        ),
        ("F05b", lay(committed().lay_out(faces))),
        (
            "F05b-own",
            lay(FactCommitment { slip: of_an_item_with_words_of_its_own(), ..committed() }.lay_out(faces)),
        ),
        (
            "F05b-bare",
            lay(FactCommitment { slip: bare(), conditions: String::new(), ..committed() }.lay_out(faces)),
        ),
        ("F06", lay(handed_over().lay_out(faces))),
        ("F06-received", lay(received().lay_out(faces))),
        (
            "F06-pages",
            lay(HandOverSlip {
                cases: received().cases.into_iter().cycle().take(17).collect(),
                copy: 2,
                ..received()
            }
            .lay_out(faces)),
        ),
        (
            "F06-bare",
            lay(HandOverSlip { issuer: bare().issuer, number: None, cases: Vec::new(), ..handed_over() }
                .lay_out(faces)),
        ),
        ("F07", lay(entrusted().lay_out(faces))),
        (
            "F07-blank",
            lay(PowerOfAttorney {
                slip: bare(),
                sex: String::new(),
                id_no: String::new(),
                address: String::new(),
                powers: entrusted().powers.into_iter().map(|(power, _)| (power, false)).collect(),
                given: None,
                ..entrusted()
            }
            .lay_out(faces)),
        ),
        ("F07-revoked", {
            let given = entrusted().given.map(|given| Given {
                to: None,
                thumbprint: false,
                revoked_on: Some(date(2026, 10, 9)),
                ..given
            });
            lay(PowerOfAttorney { slip: called(RARE), given, ..entrusted() }.lay_out(faces))
        }),
        ("F07-organisation", {
            let applicant = Party {
                name: "清源县金泉养殖专业合作社".to_owned(),
                organisation: true,
                id_kind: "统一社会信用代码".to_owned(),
                legal_representative: "马建国".to_owned(),
                handler: "马小兰".to_owned(),
                ..person("")
            };
            lay(PowerOfAttorney { slip: Slip { applicant, ..slip() }, ..entrusted() }.lay_out(faces))
        }),
        ("F07-long", lay(PowerOfAttorney { slip: called(LONG_NAME), ..entrusted() }.lay_out(faces))),
        ("F08", lay(to_deliver().lay_out(faces))),
        (
            "F08-delivered",
            lay(DeliveryRecord {
                delivered: Some(Delivered {
                    on: date(2026, 10, 20),
                    method: "代办员转交".to_owned(),
                    recipient: "王𬍛㛃".to_owned(),
                }),
                ..to_deliver()
            }
            .lay_out(faces)),
        ),
        (
            "F08-pages",
            lay(DeliveryRecord {
                documents: to_deliver().documents.into_iter().cycle().take(26).collect(),
                ..to_deliver()
            }
            .lay_out(faces)),
        ),
        ("F09", lay(completed().lay_out(faces))),
        (
            "F09-ended",
            lay(CompletionNotice {
                slip: bare(),
                outcome: Outcome::Ended {
                    reason: "逾期没有补正，经联系仍未补齐（补正不来）".to_owned(),
                    again: true,
                },
                took: None,
                in_time: None,
                deliver_by: None,
                remedy: Some(refused().remedy),
                ..completed()
            }
            .lay_out(faces)),
        ),
        (
            "F09-refused",
            lay(CompletionNotice {
                slip: called(LONG_NAME),
                outcome: Outcome::Refused,
                in_time: Some(false),
                ..completed()
            }
            .lay_out(faces)),
        ),
        ("F09b", lay(decided_against().lay_out(faces))),
        (
            "F09b-service",
            lay(DecisionAgainst {
                slip: called(RARE),
                what: "",
                remedy: Remedy::Complaint { phone: String::new() },
                ..decided_against()
            }
            .lay_out(faces)),
        ),
        ("F10", lay(extended().lay_out(faces))),
        ("F10-bare", lay(ExtensionNotice { slip: bare(), provisional: true, ..extended() }.lay_out(faces))),
        ("F14", lay(withdrawn().lay_out(faces))),
        (
            "F14-back",
            lay(ReturnSlip {
                slip: called(RARE),
                reason: "申请表没有签名，户口簿复印件看不清".to_owned(),
                back_to: Some("上塬村便民服务站（演示）".to_owned()),
                ..withdrawn()
            }
            .lay_out(faces)),
        ),
        ("F14-pages", lay(ReturnSlip { materials: many(), ..withdrawn() }.lay_out(faces))),
        ("F15", lay(paused().lay_out(faces))),
        ("F15-bare", lay(ProcedureNotice { slip: bare(), ..paused() }.lay_out(faces))),
        ("F17", lay(hung().lay_out(faces))),
        (
            "F17-pages",
            lay(PublicNotice { rows: hung().rows.into_iter().cycle().take(60).collect(), ..hung() }
                .lay_out(faces)),
        ),
        ("F18", lay(ledger(9).lay_out(faces))),
        ("F18-pages", lay(ledger(41).lay_out(faces))),
        ("F18-bare", lay(ledger(0).lay_out(faces))),
        ("changes", lay(changed(5).lay_out(faces))),
        ("changes-bare", lay(changed(0).lay_out(faces))),
        ("given", lay(agent_changed(7).lay_out(faces))),
        ("given-pages", lay(agent_changed(31).lay_out(faces))),
        ("F21", lay(not_certified().lay_out(faces))),
        (
            "F21-bare",
            lay(CertificateRefusal {
                slip: bare(),
                asked_by: String::new(),
                ground: Ground::Said("村委会没有条件核实所述事实".to_owned()),
                instead: String::new(),
                ..not_certified()
            }
            .lay_out(faces)),
        ),
        ("F21-rare", lay(CertificateRefusal { slip: called(RARE), ..not_certified() }.lay_out(faces))),
        ("F22", lay(visited().lay_out(faces))),
        (
            "F22-bare",
            lay(ServiceVisit {
                issuer: bare().issuer,
                asker: String::new(),
                phone_masked: String::new(),
                agreed_on: None,
                case_no: String::new(),
                owner: String::new(),
                done: Vec::new(),
                ..visited()
            }
            .lay_out(faces)),
        ),
        (
            "F22-pages",
            lay(ServiceVisit {
                asker: LONG_NAME.to_owned(),
                text: visited().text.repeat(9),
                done: visited().done.into_iter().cycle().take(24).collect(),
                ..visited()
            }
            .lay_out(faces)),
        ),
        ("F23", lay(filed().lay_out(faces))),
        (
            "F23-pages",
            lay(CaseFile {
                slip: called(RARE),
                title: format!("{RARE}申请城乡居民基本养老保险待遇申领的案卷"),
                papers: filed().papers.into_iter().cycle().take(44).collect(),
                ..filed()
            }
            .lay_out(faces)),
        ),
        (
            "F23-bare",
            lay(CaseFile {
                slip: bare(),
                retention: String::new(),
                papers: Vec::new(),
                remarks: Vec::new(),
                ..filed()
            }
            .lay_out(faces)),
        ),
        ("F24", lay(consulted().lay_out(faces))),
        (
            "F24-pages",
            lay(JointReview {
                slip: called(RARE),
                organs: consulted().organs.into_iter().cycle().take(14).collect(),
                ..consulted()
            }
            .lay_out(faces)),
        ),
        (
            "F24-bare",
            lay(JointReview {
                slip: bare(),
                organs: consulted().organs.into_iter().skip(2).collect(),
                ..consulted()
            }
            .lay_out(faces)),
        ),
        ("F24b", lay(met().lay_out(faces))),
        (
            "F24b-pages",
            lay(JointMinutes {
                slip: called(RARE),
                minutes: vec![met().minutes; 14].join("\n"),
                absent: Vec::new(),
                ..met()
            }
            .lay_out(faces)),
        ),
        (
            "F24b-bare",
            lay(JointMinutes {
                slip: bare(),
                present: Vec::new(),
                absent: Vec::new(),
                minutes: String::new(),
                ..met()
            }
            .lay_out(faces)),
        ),
    ]
}

fn all() -> impl Iterator<Item = (&'static str, Layout)> {
    forms().into_iter().chain(super::guides::forms()).chain(super::reports::forms())
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_form_reads_as_it_did_and_is_a_sound_pdf() {
    let write = env::var("DAIBAN_SNAPSHOTS").is_ok_and(|mode| mode == "write");
    let (kept, looked_at) = (at("tests/snapshots/forms"), at("target/forms"));
    fs::create_dir_all(&looked_at).unwrap();
    let mut changed = Vec::new();
    for (name, layout) in all() {
        let about =
            About { title: name, author: "清源镇便民服务中心（演示）", on: date(2026, 9, 28) };
        let file = looked_at.join(format!("{name}.pdf"));
        fs::write(&file, pdf(&layout, &FACES, about)).unwrap();
        let file = file.to_str().unwrap();
        run("qpdf", &["--check", file]);
        let text = run("pdftotext", &["-layout", file, "-"]);
        let snapshot = kept.join(format!("{name}.txt"));
        if !write {
            if fs::read_to_string(&snapshot).unwrap_or_default() != text {
                changed.push((name, text));
            }
            continue;
        }
        fs::write(&snapshot, &text).unwrap();
        // The first page of the usual case.
        if !name.contains('-') {
            let picture = kept.join(name);
            let picture = picture.to_str().unwrap();
            run("pdftoppm", &["-r", "50", "-gray", "-png", "-l", "1", "-singlefile", file, picture]);
        }
    }
    assert!(changed.is_empty(), "look at these and write them anew if they are right: {changed:#?}");
}

/// What a reader finds on each line is within the sheet, no line lies on another, and no page has a signature alone.
#[test]
fn nothing_runs_out_of_a_sheet_or_into_another_line() {
    for (name, layout) in all() {
        for (number, page) in layout.pages.iter().enumerate() {
            let mut boxes = Vec::new();
            for item in &page.items {
                if let typeset::Item::Text { x, y, size, spacing, glyphs } = item {
                    let width: f32 = glyphs.iter().map(|glyph| glyph.advance + spacing).sum();
                    assert!(
                        *x >= 0.0 && x + width <= layout.width && *y > 0.0 && y + size < layout.height,
                        "{name} {number}"
                    );
                    let inked = glyphs.iter().any(|glyph| !glyph.char.is_whitespace());
                    if inked {
                        boxes.push((
                            *x,
                            *y,
                            x + width,
                            y + size * 0.8,
                            glyphs.iter().map(|glyph| glyph.char).collect::<String>(),
                        ));
                    }
                }
            }
            for (i, one) in boxes.iter().enumerate() {
                for other in &boxes[..i] {
                    let apart = one.2 <= other.0 + 0.5
                        || other.2 <= one.0 + 0.5
                        || one.3 <= other.1
                        || other.3 <= one.1;
                    assert!(apart, "{name} {number}: {} on {}", one.4, other.4);
                }
            }
        }
    }
}
