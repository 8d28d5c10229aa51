use super::set::{affirm, normalised};
use crate::{
    Desk, Trouble,
    ask::{self, Opened},
    capacity::Capacities,
    event::{self, Saying},
    masks::Masks,
};
use daiban_contract::{
    Code,
    act::{Settle, Unsettle},
    view::CaseView,
};
use daiban_domain::{
    EventId, Instant, Role,
    case::{
        Event, transition,
        value::{OPEN, beside},
    },
    item::field::Kind,
    mask::Place,
};
use daiban_replica::{case, document::Writing, today};
use jiff::civil::Date;
use serde_json::{Value, json};

/// The kind of event that settles a field.
const SETTLE: &str = "settle";

impl Desk {
    /// Binds the values that this desk has seen; one that comes later stands beside the settled one. Until somebody corrects the
    /// field, what was settled may be settled back.
    pub fn settle(&self, request: Settle, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let sides = open_sides(&opened, &request.path)
                    .or_else(|| Some(settled(&opened, &request.path)?.1))
                    .ok_or_else(|| Trouble::new(Code::NotAllowed, "这一栏只有一个值，不用定。"))?;
                let value = chosen(&opened, &request, &sides, today(writing.db(), now)?)?;
                write(writing, &opened, (&request.path, &value), &sides, false)
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }

    /// What counted before counts again, and the other value stands beside it.
    pub fn unsettle(&self, request: Unsettle, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let found =
                    settled(&opened, &request.path).filter(|_| open_sides(&opened, &request.path).is_none());
                let (_, sides) = found.ok_or_else(|| {
                    Trouble::new(Code::NotAllowed, "这一栏没有定过，或者后来又改过，撤不回去。")
                })?;
                let before = sides.first().cloned().unwrap_or_default();
                write(writing, &opened, (&request.path, &before), &sides, true)
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}

/// `open`: nothing is settled by it.
fn write(
    writing: &mut Writing<'_>,
    opened: &Opened,
    (path, value): (&str, &str),
    sides: &[String],
    open: bool,
) -> Result<(), Trouble> {
    let level = writing.identity().unit.level();
    let setting = case::setting(&opened.case, &opened.item);
    let today = today(writing.db(), writing.now())?;
    let capacities = Capacities::here(writing, opened, today)?;
    let may = |roles: &[Role]| transition::find(opened.folded.state, SETTLE, roles, level, &setting);
    let (capacity, (_, role)) = capacities.choose(may)?;
    let says = [("path", json!(path)), ("value", json!(value)), ("of", json!(sides))];
    let says = says.into_iter().chain(open.then_some((OPEN, json!(true))));
    let saying = Saying {
        kind: SETTLE,
        after: opened.case.latest(),
        role,
        on: today,
        item_version: opened.item.version,
        paper: None,
        payload: capacity.signed(says.map(|(key, said)| (key.to_owned(), said))),
    };
    let event = event::make(writing, saying)?;
    let mut document = writing.load(opened.case.document)?;
    writing.edit(&mut document, |edit| {
        affirm(edit, path, value);
        edit.event(&event)
    })?;
    Ok(())
}

/// The values of a field that isn't settled, the one that counts first.
fn open_sides(opened: &Opened, path: &str) -> Option<Vec<String>> {
    let (_, sides) = opened.case.conflicts().find(|(open, _)| *open == path)?;
    Some(sides.iter().map(|side| side.value.clone()).collect())
}

/// The act that settled a field, and the values that it was settled of, where what was settled still stands.
fn settled<'a>(opened: &'a Opened, path: &str) -> Option<(&'a Event, Vec<String>)> {
    let changes =
        opened.counted().rev().filter(|event| matches!(&*event.kind, SETTLE | "correctData" | "adopt"));
    let (last, said) = changes
        .map(|event| (event, ask::payload(event)))
        .find(|(_, said)| said.get("path") == Some(&json!(path)))?;
    let sides = said.get("of")?.as_array()?;
    let stands = said.get("value")?.as_str()? == opened.case.field(path);
    stands.then(|| (last, sides.iter().filter_map(|side| side.as_str().map(str::to_owned)).collect()))
}

/// Whether it is by this act that a field stands as it does.
pub(crate) fn settled_by(opened: &Opened, act: EventId) -> bool {
    let Some(event) = opened.case.events.iter().find(|event| event.id == act && event.kind == SETTLE) else {
        return false;
    };
    let said = ask::payload(event);
    let Some(path) = said.get("path").and_then(Value::as_str) else { return false };
    open_sides(opened, path).is_none() && settled(opened, path).is_some_and(|(last, _)| last.id == act)
}

/// Both values beside each other, where the field can hold them so: a text in which two make sense. A number, a day or a name
/// that stands twice is no number, day or name any more, and one telephone number is what is dialled and searched for.
pub(crate) fn both(opened: &Opened, path: &str, sides: &[String], today: Date) -> Option<String> {
    let holds_two = match path.strip_prefix("fields.") {
        Some(key) => {
            let field = opened.item.fields.iter().find(|field| field.key == key)?;
            Kind::of(&field.kind).is_some_and(Kind::holds_two)
        }
        None => matches!(path, "applicant.address" | "applicant.contact"),
    };
    let joined = beside(sides.iter().map(String::as_str));
    let more = holds_two && sides.iter().all(|side| !side.is_empty() && *side != joined);
    let fits = more && normalised(opened, path, &joined, today).is_ok_and(|stored| stored == joined);
    fits.then_some(joined)
}

/// The side that was chosen, or both, as it stands or as the page shows it.
fn chosen(opened: &Opened, request: &Settle, sides: &[String], today: Date) -> Result<String, Trouble> {
    let masks = Masks::of(opened);
    let all: Vec<String> = sides.iter().cloned().chain(both(opened, &request.path, sides, today)).collect();
    let shown = |side: &&String| masks.at(Place::Page, &request.path, side) == request.value;
    let exact = all.iter().find(|side| **side == request.value);
    let alike: Vec<&String> = all.iter().filter(shown).collect();
    let refused = match (exact, alike.as_slice()) {
        (Some(side), _) => return Ok(side.clone()),
        (None, [side]) => return Ok((*side).clone()),
        (None, []) => "只能在两边已有的值里选一个。要改成别的，请先选一个再更正。",
        (None, _) => "两边遮盖后看起来一样，分不出选的是哪一个。请先查看原文，再选。",
    };
    Err(Trouble::new(Code::BadInput, refused))
}
