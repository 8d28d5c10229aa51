use crate::{
    Desk, Trouble, ask,
    capacity::Capacities,
    event::{self, Saying},
    masks::Masks,
};
use daiban_contract::{Code, act::Settle, view::CaseView};
use daiban_domain::{Instant, Role, case::transition, mask::Place};
use daiban_replica::{case, today};
use serde_json::json;

impl Desk {
    /// Binds the values that this desk has seen; one that comes later stands beside the settled one. Until somebody corrects the
    /// field, what was settled may be settled back.
    pub fn settle(&self, request: Settle, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            let level = replica.identity().unit.level();
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let sides: Vec<String> = opened
                    .case
                    .conflicts()
                    .find(|(path, _)| *path == request.path)
                    .map(|(_, sides)| sides.iter().map(|side| side.value.clone()).collect())
                    .or_else(|| settled_of(&opened, &request.path))
                    .ok_or_else(|| Trouble::new(Code::NotAllowed, "这一栏只有一个值，不用定。"))?;
                let value = chosen(&opened, &request, &sides)?;
                let setting = case::setting(&opened.case, &opened.item);
                let today = today(writing.db(), now)?;
                let capacities = Capacities::here(writing, &opened, today)?;
                let may =
                    |roles: &[Role]| transition::find(opened.folded.state, "settle", roles, level, &setting);
                let (capacity, (_, role)) = capacities.choose(may)?;
                let saying = Saying {
                    kind: "settle",
                    after: opened.case.latest(),
                    role,
                    on: today,
                    item_version: opened.item.version,
                    paper: None,
                    payload: capacity.signed([
                        ("path".to_owned(), json!(request.path)),
                        ("value".to_owned(), json!(value)),
                        ("of".to_owned(), json!(sides)),
                    ]),
                };
                let event = event::make(writing, saying)?;
                let mut document = writing.load(opened.case.document)?;
                writing.edit(&mut document, |edit| {
                    match value.parse::<i64>() {
                        Ok(count) if request.path.starts_with("materials/") => edit.put(&request.path, count),
                        _ => edit.put(&request.path, value.as_str()),
                    }
                    edit.event(&event)
                })?;
                Ok::<_, Trouble>(())
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}

/// The values that a field was settled of, where what was settled still stands.
fn settled_of(opened: &ask::Opened, path: &str) -> Option<Vec<String>> {
    let changes =
        opened.counted().rev().filter(|event| matches!(&*event.kind, "settle" | "correctData" | "adopt"));
    let last = changes.map(ask::payload).find(|said| said.get("path") == Some(&json!(path)))?;
    let sides = last.get("of")?.as_array()?;
    let stands = last.get("value")?.as_str()? == opened.case.field(path);
    stands.then(|| sides.iter().filter_map(|side| side.as_str().map(str::to_owned)).collect())
}

/// The side that was chosen, as it stands or as the page shows it.
fn chosen(opened: &ask::Opened, request: &Settle, sides: &[String]) -> Result<String, Trouble> {
    let masks = Masks::of(opened);
    let shown = |side: &&String| masks.at(Place::Page, &request.path, side) == request.value;
    let exact = sides.iter().find(|side| **side == request.value);
    let alike: Vec<&String> = sides.iter().filter(shown).collect();
    let refused = match (exact, alike.as_slice()) {
        (Some(side), _) => return Ok(side.clone()),
        (None, [side]) => return Ok((*side).clone()),
        (None, []) => "只能在两边已有的值里选一个。要改成别的，请先选一个再更正。",
        (None, _) => "两边遮盖后看起来一样，分不出选的是哪一个。请先查看原文，再选。",
    };
    Err(Trouble::new(Code::BadInput, refused))
}
