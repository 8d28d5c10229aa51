use super::{case::held, events, names::Names};
use crate::{Desk, Trouble};
use daiban_contract::{
    ask,
    view::{Doubt, DoubtKind, DoubtsView},
};
use daiban_domain::Instant;
use daiban_replica::{
    ReplicaError,
    case::{self, Filter, Listed},
    today,
};
use std::collections::BTreeSet;

const PAGE: u32 = 50;

impl Desk {
    pub fn doubts(&self, request: ask::Doubts, now: Instant) -> Result<DoubtsView, Trouble> {
        self.with(|replica| {
            let db = replica.db();
            let today = today(db, now)?;
            let limit = if request.limit == 0 { PAGE } else { request.limit };
            let filter = Filter { doubtful: true, limit, ..Filter::default() };
            let total = case::tallies(db, None)?.values().map(|tally| tally.doubtful).sum();
            let names = Names { db };
            let mut doubts = Vec::new();
            for listed in case::list(db, &filter)? {
                // What has left with its year, or came without its item, can't be looked at here.
                let Some(opened) = held(db, &listed.case_no)? else { continue };
                let days = BTreeSet::new();
                let conflicts = events::conflicts(&names, &opened, &days, today)?;
                let since =
                    conflicts.iter().flat_map(|conflict| &conflict.values).map(|value| value.at).max();
                if let Some(since) = since {
                    let what = conflicts.iter().map(|conflict| conflict.label.as_str()).collect();
                    doubts.push(doubt(&names, &listed, &opened.item.name, DoubtKind::Fields, what, since)?);
                }
                let acts = events::events(&names, &opened, &days)?;
                let unseen: Vec<_> = acts.iter().filter(|event| event.waits).collect();
                if let Some(since) = unseen.iter().map(|event| event.at).max() {
                    let what = unseen.iter().map(|event| event.name.as_str()).collect();
                    doubts.push(doubt(&names, &listed, &opened.item.name, DoubtKind::Acts, what, since)?);
                }
            }
            doubts.sort_by_key(|doubt| (doubt.since, doubt.kind));
            Ok(DoubtsView { total, doubts })
        })
    }
}

fn doubt(
    names: &Names<'_>,
    listed: &Listed,
    item_name: &str,
    kind: DoubtKind,
    what: Vec<&str>,
    since: Instant,
) -> Result<Doubt, ReplicaError> {
    Ok(Doubt {
        kind,
        case_no: listed.case_no.clone(),
        applicant_name: listed.applicant_name.clone(),
        unit_name: names.unit(listed.unit)?,
        item_name: item_name.to_owned(),
        what: what.join("、"),
        since,
    })
}
