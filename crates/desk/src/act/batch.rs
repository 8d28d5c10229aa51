//! Hand-overs of several cases with their paper: counted on both sides, line by line.

use super::take::{Taking, batch_number, count_paths, held};
use crate::{Desk, Trouble, ask};
use daiban_contract::{
    Code,
    act::{HandOver, ReceiveBatch},
    view::{BatchView, MaterialCount},
};
use daiban_domain::{
    Instant,
    case::{custody::differences, event::Counted},
};
use daiban_replica::case;
use serde_json::{Map, json};
use std::collections::BTreeSet;

impl Desk {
    /// Hands several cases over at once: all of them, or none.
    pub fn hand_over(&self, request: HandOver, now: Instant) -> Result<BatchView, Trouble> {
        if request.case_nos.is_empty() {
            return Err(Trouble::new(Code::BadInput, "请选择要移交的办件。"));
        }
        self.with(|replica| {
            let batch = replica.commit(now, |writing| {
                let batch = batch_number(writing)?;
                for case_no in &request.case_nos {
                    let opened =
                        ask::open(writing.db(), case_no).map_err(|trouble| trouble.about(case_no))?;
                    let payload = Map::from_iter([
                        ("batch".to_owned(), json!(batch)),
                        ("materials".to_owned(), json!(held(&opened))),
                    ]);
                    let taking =
                        Taking { event: "handOver", payload, on: None, counts: Vec::new(), only: None };
                    taking.take(writing, &opened, |_| {}).map_err(|trouble| trouble.about(case_no))?;
                }
                Ok::<_, Trouble>(batch)
            })?;
            ask::batch(replica, &batch)
        })
    }

    /// Receives what has arrived of a hand-over. What was counted here counts from now on; where it differs from what was
    /// handed over, both stand in the event. A case whose paper isn't there stays under way.
    pub fn receive_batch(&self, request: ReceiveBatch, now: Instant) -> Result<BatchView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let mut received = 0;
                let mut unheard: BTreeSet<&str> =
                    request.lines.iter().map(|line| line.case_no.as_str()).collect();
                let rows = case::of_batch(writing.db(), &request.batch)?;
                if rows.is_empty() {
                    let message = "没有这个批次的办件。可能还没有同步过来，请先同步或导入。";
                    return Err(Trouble::new(Code::UnknownCase, message));
                }
                for row in rows {
                    let opened = ask::open_row(writing.db(), row)?;
                    unheard.remove(opened.case.case_no.as_str());
                    if !opened.folded.custody.travels_with(&request.batch) {
                        continue;
                    }
                    let line = request.lines.iter().find(|line| line.case_no == opened.case.case_no);
                    if line.is_some_and(|line| line.missing) {
                        continue;
                    }
                    let said = held(&opened);
                    let counted = line.and_then(|line| line.counted.clone()).unwrap_or_else(|| said.clone());
                    if let Some(unknown) =
                        counted.iter().find(|count| opened.item.material(&count.material_code).is_none())
                    {
                        let message = format!("这个事项不收材料 {}。", unknown.material_code);
                        return Err(Trouble::new(Code::BadInput, message));
                    }
                    let differing = differing(&said, &counted);
                    let payload = Map::from_iter([
                        ("batch".to_owned(), json!(request.batch)),
                        ("materials".to_owned(), json!(counted)),
                        ("differences".to_owned(), json!(differing)),
                    ]);
                    let counts = count_paths(&differing);
                    let taking = Taking { event: "receive", payload, on: None, counts, only: None };
                    taking
                        .take(writing, &opened, |_| {})
                        .map_err(|trouble| trouble.about(&opened.case.case_no))?;
                    received += 1;
                }
                // A slip in a number would receive a case whose paper isn't there.
                if let Some(unheard) = unheard.first() {
                    let message = format!("{unheard} 不在这个批次里，什么都没有接收。请核对编号。");
                    return Err(Trouble::new(Code::UnknownCase, message));
                }
                if received == 0 {
                    return Err(Trouble::new(Code::NotAllowed, "这个批次没有还在途中的办件要接收。"));
                }
                Ok(())
            })?;
            ask::batch(replica, &request.batch)
        })
    }
}

/// The counts that stand from now on, of the materials that differ.
fn differing(said: &[MaterialCount], counted: &[MaterialCount]) -> Vec<MaterialCount> {
    let plain = |all: &[MaterialCount]| -> Vec<Counted> {
        let one = |count: &MaterialCount| Counted {
            material_code: count.material_code.clone(),
            originals: count.originals,
            copies: count.copies,
        };
        all.iter().map(one).collect()
    };
    let found = differences(&plain(said), &plain(counted)).into_iter();
    found
        .map(|one| MaterialCount {
            material_code: one.material_code,
            originals: one.counted.0,
            copies: one.counted.1,
        })
        .collect()
}
