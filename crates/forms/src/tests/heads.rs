//! What stands at the head of a form besides the organ's name: a picture, its name in a second language.

use super::{FACES, facts::issuer, *};
use crate::typeset::{Item, joined_letters, mm};
use std::path::Path;

fn issued(issuer: Issuer) -> AcceptanceNotice {
    AcceptanceNotice { slip: Slip { issuer, ..slip() }, ..accepted() }
}

fn pictures(layout: &Layout) -> Vec<(f32, f32, f32, f32)> {
    let items = layout.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| match item {
            Item::Picture { x, y, width, height, .. } => Some((*x, *y, *width, *height)),
            _ => None,
        })
        .collect()
}

#[test]
fn a_picture_stands_at_the_head_of_the_forms_of_its_unit() {
    let folder = tempfile::tempdir().unwrap();
    // 420 by 595 pixels, as any picture would do.
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/snapshots/forms/F12.png");
    std::fs::copy(picture, folder.path().join("抬头-621099100000.png")).unwrap();
    let faces = Faces::load(&[folder.path().to_owned()]).unwrap();
    let layout = issued(issuer()).lay_out(&faces).unwrap();
    let found = pictures(&layout);
    assert_eq!(found.len(), 2, "on each part");
    let (x, y, width, height) = found[0];
    assert!((x + width / 2.0 - layout.width / 2.0).abs() < 0.1, "in the middle");
    assert!(height <= 36.1 && width < height && y + height < layout.height - mm(20.0), "{found:?}");
    assert!(svg(&layout, &faces)[0].contains("href=\"data:image/png;base64,iVBOR"));
    let about = About { title: "受理通知书", author: "清源镇", on: date(2026, 9, 28) };
    let made = pdf(&layout, &faces, about);
    assert!(made == pdf(&layout, &faces, about), "the same facts, the same bytes");
    let file = folder.path().join("notice.pdf");
    std::fs::write(&file, &made).unwrap();
    let sound = Command::new("qpdf").arg("--check").arg(&file).output().unwrap();
    assert!(sound.status.success(), "{}", String::from_utf8_lossy(&sound.stdout));
    let listed = Command::new("pdfimages").arg("-list").arg(&file).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert_eq!(listed.lines().filter(|line| line.contains(" image ")).count(), 2, "{listed}");
    assert!(made.len() < 200_000, "one picture, used twice: {}", made.len());

    // Another unit's forms have none, until there is one for all.
    let other = Issuer { unit: "621099100200".to_owned(), ..issuer() };
    assert_eq!(pictures(&issued(other.clone()).lay_out(&faces).unwrap()), []);
    std::fs::copy(folder.path().join("抬头-621099100000.png"), folder.path().join("抬头.PNG")).unwrap();
    let faces = Faces::load(&[folder.path().to_owned()]).unwrap();
    assert_eq!(pictures(&issued(other).lay_out(&faces).unwrap()).len(), 2);
    // What can't be read is told; no form comes out with a hole in it.
    std::fs::write(folder.path().join("抬头.png"), "GIF89a").unwrap();
    let broken = Faces::load(&[folder.path().to_owned()]).map(|_| ()).unwrap_err();
    assert!(broken.to_string().contains("抬头.png") && broken.to_string().contains("PNG"), "{broken}");
}

#[test]
fn a_name_in_a_second_language_stands_above_the_organs() {
    let second = "Cinghyenzcin Bienmin Fuzvu Cungsim";
    let two = issued(Issuer { second_name: second.to_owned(), ..issuer() }).lay_out(&FACES).unwrap();
    for text in [two.text(), read_back(&two)] {
        let lines: Vec<String> = text.lines().map(unbroken).filter(|line| !line.is_empty()).collect();
        let at = lines.iter().position(|line| *line == unbroken(second)).unwrap();
        assert_eq!(lines[at + 1], "清源镇便民服务中心（演示）");
    }
    assert_eq!(two.pages.len(), 2);
}

#[test]
fn letters_that_join_are_told_from_those_that_stand_alone() {
    for text in ["བོད་ཡིག", "ᠮᠣᠩᠭᠣᠯ", "ئۇيغۇر", "a\u{301}"] {
        assert!(joined_letters(text).is_some(), "{text}");
    }
    for text in ["", "Vahcuengh", "ꆈꌠꉙ", "清源镇", "조선말", "Қазақша"] {
        assert_eq!(joined_letters(text), None, "{text}");
    }
}
