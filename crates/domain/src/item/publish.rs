//! From a draft to what is published: every change is a next version (DOMAIN V21).

use super::{Catalogue, Item, diff};
use jiff::civil::Date;

/// The versions that a draft adds to what is published: of a new item its first, of one that differs the next. It comes
/// into force on the draft's own day, or on `from` where that day has not been moved. What the draft leaves out stays: an
/// item ends by a version that says when.
pub fn next_versions(
    published: &Catalogue,
    draft: &Catalogue,
    from: Date,
) -> Result<Vec<(Item, String)>, serde_json::Error> {
    let mut next = Vec::new();
    let published = published.newest();
    for item in draft.newest() {
        let known = published.iter().find(|known| known.item_id == item.item_id);
        let text =
            draft.items.iter().find(|(other, _)| std::ptr::eq(other, item)).map(|(_, text)| text.as_str());
        let mut item = item.clone();
        match known {
            None => item.version = 1,
            Some(known) if diff::items(known, &item).is_empty() => continue,
            Some(known) => {
                item.version = known.version.saturating_add(1);
                if item.effective_from == known.effective_from {
                    item.effective_from = from;
                }
            }
        }
        let text = item.text_over(text.unwrap_or("{}"))?;
        next.push((item, text));
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::catalogue_from_json;
    use jiff::civil::date;

    #[test]
    fn only_what_differs_gets_a_next_version() {
        let published = catalogue_from_json(include_str!("../../../../data/items.json")).unwrap();
        let mut draft = published.clone();
        let from = date(2026, 12, 1);
        assert_eq!(next_versions(&published, &draft, from).unwrap(), []);
        draft.items[0].0.retention = "永久".into();
        draft.items[1].0.retention = "永久".into();
        draft.items[1].0.effective_from = date(2027, 1, 1);
        let mut new = draft.items[2].0.clone();
        (new.item_id, new.version) = ("I042".into(), 7);
        draft.items.push((new, "{}".into()));
        let next = next_versions(&published, &draft, from).unwrap();
        let told: Vec<_> =
            next.iter().map(|(item, _)| (item.item_id.as_str(), item.version, item.effective_from)).collect();
        assert_eq!(told, [("I001", 2, from), ("I002", 2, date(2027, 1, 1)), ("I042", 1, date(2026, 1, 1))]);
        for (item, text) in &next {
            assert_eq!(&serde_json::from_str::<Item>(text).unwrap(), item);
        }
    }
}
