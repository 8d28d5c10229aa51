//! The same field set by two people who didn't know of each other: which value counts for now.

use super::Event;
use crate::{Hlc, Level};
use serde::Deserialize;

/// One of the values that stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub value: String,
    /// Of the unit whose device wrote it.
    pub level: Level,
    pub hlc: Hlc,
    /// Decides between equals, the same everywhere: the hash of the change.
    pub tie: [u8; 32],
}

/// The side that counts: the highest unit's, else the later clock's. The other stays and is shown beside it.
pub fn standing(sides: &[Side]) -> Option<usize> {
    (0..sides.len()).max_by_key(|i| (sides[*i].level, sides[*i].hlc, sides[*i].tie))
}

/// A field that was settled and then put back: somebody is to choose anew.
#[derive(Debug, PartialEq)]
pub struct PutBack<'a> {
    pub path: String,
    /// Each with the event that wrote it. The first counts meanwhile; it stands in the document.
    pub sides: Vec<(String, &'a Event)>,
}

/// In what a settlement says: the field is open again.
pub const OPEN: &str = "open";

/// Between which parts of a text stand that was made of two.
pub const BESIDE: char = '；';

/// What an event says that writes a field.
#[derive(Deserialize)]
struct Written {
    path: String,
    value: String,
    #[serde(default)]
    of: Vec<String>,
    #[serde(default)]
    open: bool,
}

impl Written {
    fn of(event: &Event) -> Option<Self> {
        let writes = matches!(event.kind.as_str(), "settle" | "correctData" | "adopt");
        let counts = writes && event.authority.refusal().is_none();
        serde_json::from_str(&event.payload).ok().filter(|_| counts)
    }
}

/// The fields that are open again, unless somebody has written them since. Whether the first side stands is the document's to
/// tell: what was written apart from this shows there.
pub fn put_back(events: &[Event]) -> Vec<PutBack<'_>> {
    let time = |event: &Event| (event.hlc, event.id);
    let mut found = Vec::new();
    for event in events.iter().filter(|event| event.kind == "settle" && event.payload.contains(OPEN)) {
        let Some(said) = Written::of(event).filter(|said| said.open) else { continue };
        let writes: Vec<(&Event, Written)> = events
            .iter()
            .filter_map(|other| Some((other, Written::of(other)?)))
            .filter(|(_, written)| written.path == said.path)
            .collect();
        if writes.iter().any(|(other, _)| time(other) > time(event)) {
            continue;
        }
        // What nobody has corrected was recorded with the case.
        let wrote = |value: &String| {
            let wrote =
                writes.iter().filter(|(other, written)| other.kind != "settle" && written.value == *value);
            let last = wrote.map(|(other, _)| *other).max_by_key(|other| time(other));
            last.or_else(|| events.iter().min_by_key(|other| time(other)))
        };
        let sides = said.of.iter().filter_map(|value| Some((value.clone(), wrote(value)?))).collect();
        found.push(PutBack { path: said.path, sides });
    }
    found
}

/// Texts beside each other in one field, each part once.
pub fn beside<'a>(sides: impl IntoIterator<Item = &'a str>) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in sides.into_iter().flat_map(|side| side.split(BESIDE)).map(str::trim) {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(&BESIDE.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::fold::tests::sample;

    #[test]
    fn what_stands_beside_each_other_stands_there_once() {
        for (sides, expected) in [
            (vec!["上塬村三组", "上塬村二组"], "上塬村三组；上塬村二组"),
            (vec!["上塬村三组；上塬村二组", "上塬村二组"], "上塬村三组；上塬村二组"),
            (vec!["一样", " 一样 "], "一样"),
            (vec!["有", ""], "有"),
        ] {
            assert_eq!(beside(sides.iter().copied()), expected, "{sides:?}");
        }
    }

    #[test]
    fn a_field_that_was_put_back_is_open_until_somebody_writes_it() {
        let says = |id: u8, kind: &str, payload: &str| Event {
            payload: payload.to_owned(),
            ..sample(id, kind, u64::from(id))
        };
        let phone = |kind: &str, id: u8, value: &str| {
            says(id, kind, &format!(r#"{{"path":"applicant.phone","value":"{value}"}}"#))
        };
        let mut events = vec![
            says(1, "submit", ""),
            phone("correctData", 2, "139"),
            says(3, "settle", r#"{"path":"applicant.phone","value":"139","of":["138","139"]}"#),
        ];
        assert_eq!(put_back(&events), []);
        events.push(says(
            4,
            "settle",
            r#"{"path":"applicant.phone","value":"138","of":["138","139"],"open":true}"#,
        ));
        let told = |events: &[Event]| -> Vec<(String, u8)> {
            let back = put_back(events);
            back.into_iter()
                .flat_map(|back| back.sides)
                .map(|(value, event)| (value, event.id.0[0]))
                .collect()
        };
        assert_eq!(told(&events), [("138".to_owned(), 1), ("139".to_owned(), 2)]);
        events.push(says(5, "correctData", r#"{"path":"applicant.address","value":"三组"}"#));
        assert_eq!(told(&events).len(), 2, "another field's");
        events.reverse();
        assert_eq!(told(&events).len(), 2, "in whatever order they lie");
        events.push(phone("settle", 6, "139"));
        assert_eq!(told(&events), []);
    }

    #[test]
    fn the_higher_unit_counts_then_the_later_clock() {
        let side = |level, hlc| Side { value: String::new(), level, hlc: Hlc(hlc), tie: [0; 32] };
        assert_eq!(standing(&[side(Level::Village, 9), side(Level::Township, 1)]), Some(1));
        assert_eq!(standing(&[side(Level::Village, 9), side(Level::Village, 1)]), Some(0));
        assert_eq!(standing(&[]), None);
    }
}
