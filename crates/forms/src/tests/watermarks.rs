//! What a practice desk's papers say.

use super::{FACES, read_back, *};
use crate::typeset::Item;

#[test]
fn a_watermark_lies_under_every_page_and_can_be_read() {
    let plain = accepted().lay_out(&FACES).unwrap();
    let marked = plain.clone().watermarked("练习", &FACES).unwrap();
    assert!(!unbroken(&read_back(&plain)).contains("练习"));
    for page in &marked.pages {
        let marks = page.items.iter().take_while(|item| matches!(item, Item::Watermark { .. })).count();
        assert_eq!(marks, 2, "under everything else, in both halves");
    }
    let read = read_back(&marked);
    assert_eq!(unbroken(&read).matches(['练']).count(), 4, "{read}");
    let drawn = svg(&marked, &FACES);
    assert!(drawn.iter().all(|page| page.matches("fill=\"#dbdbdb\"").count() == 2));
    // What stands on the paper is the same.
    assert_eq!(marked.text(), plain.text());
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let about = About { title: "受理通知书", author: "清源镇", on: date(2026, 9, 28) };
    file.write_all(&pdf(&marked, &FACES, about)).unwrap();
    assert!(Command::new("qpdf").arg("--check").arg(file.path()).output().unwrap().status.success());
}
