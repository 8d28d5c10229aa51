//! Looking at acts that don't count.

use crate::{Trouble, ask::Opened};
use daiban_contract::Code;
use daiban_domain::{
    EventId,
    case::{fold::Placed, review::Reviewed},
};
use serde_json::{Map, Value};

/// Refuses a review of what nobody can have been shown as not counting, or what isn't done with by looking.
pub(super) fn named(payload: &Map<String, Value>, opened: &Opened) -> Result<(), Trouble> {
    let said: Reviewed = serde_json::from_value(Value::Object(payload.clone()))
        .map_err(|_| Trouble::new(Code::BadInput, "acts 要写成看过的那几条记录的编号。"))?;
    if said.acts.is_empty() {
        return Err(Trouble::new(Code::BadInput, "写明看过的是哪几条没算数的记录。"));
    }
    said.acts.iter().try_for_each(|act| seen(*act, said.put_back, opened))
}

fn seen(act: EventId, put_back: bool, opened: &Opened) -> Result<(), Trouble> {
    let Opened { case, folded, .. } = opened;
    let refused = |why: &str| Err(Trouble::new(Code::NotAllowed, why));
    let placed = folded.placed.iter().find(|placed| case.events[placed.event].id == act);
    let Some(placed) = placed.filter(|placed| placed.contested.is_some()) else {
        return refused("这一条现在算数，没有要看的。");
    };
    let printed = case.events.iter().any(|event| event.paper.as_ref().is_some_and(|paper| paper.act == act));
    match placed {
        _ if printed => refused("这一步的文书已经打印出去，光看过不算完，要由中心主任来定。"),
        Placed { seen: None, .. } if put_back => refused("这一条还没有人看过，本来就列着。"),
        _ => Ok(()),
    }
}
