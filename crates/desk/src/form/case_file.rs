//! What lies in the file of a case that has ended: its materials, and every paper that was printed of it.

use super::{
    Stamp, name,
    slip::{material_lines, slip},
};
use crate::ask::Opened;
use daiban_domain::case::{Event, ended_on};
use daiban_forms::{CaseFile, FiledPaper};
use daiban_replica::{ReplicaError, public::unit};
use rusqlite::Connection;
use serde_json::Value;

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<CaseFile, ReplicaError> {
    let Opened { case, item, folded, .. } = opened;
    let applicant = case.field("applicant.name");
    let papers = materials(opened).into_iter().chain(printed(db, opened)?).chain(result(db, opened)?);
    let photos = case.attachments.iter().filter(|attached| !attached.attachment.removed).count();
    let mut remarks = Vec::new();
    if photos > 0 {
        remarks.push(format!("另有照片、扫描件 {photos} 件，存电子档案。"));
    }
    if folded.contested {
        remarks.push("办理过程中有两台设备各记各的情况，见电子档案。".to_owned());
    }
    Ok(CaseFile {
        slip: slip(db, opened, act, stamp)?,
        title: format!("{applicant}申请{}的案卷", item.name),
        from: case.registered_on,
        to: ended_on(folded, &case.events).unwrap_or(act.on.0),
        retention: item.retention.clone(),
        papers: papers.collect(),
        remarks,
    })
}

/// What was brought, as far as it hasn't gone back.
fn materials(opened: &Opened) -> Vec<FiledPaper> {
    let Opened { case, item, folded, .. } = opened;
    let lines = material_lines(opened).map(|(code, line)| {
        let held = folded.custody.held(code, line.originals);
        let of = |what: &str, count: u16| (count > 0).then(|| format!("{what}{count}"));
        let counts: Vec<String> =
            [of("原件", held), of("复印件", line.copies)].into_iter().flatten().collect();
        let mut notes = vec![counts.join("、"), line.note];
        if held < line.originals {
            notes.push(format!("原件{}已退还", line.originals - held));
        }
        notes.retain(|note| !note.is_empty());
        let issuer = item.material(code).map(|material| material.issuer.as_str()).unwrap_or_default();
        let own = issuer.is_empty() || issuer.starts_with("申请人");
        FiledPaper {
            number: String::new(),
            author: if own { case.field("applicant.name") } else { issuer }.to_owned(),
            title: line.name,
            on: None,
            note: notes.join("；"),
        }
    });
    lines.collect()
}

/// Each paper once, with how often it was printed again. The file's own cover is none of them.
fn printed(db: &Connection, opened: &Opened) -> Result<Vec<FiledPaper>, ReplicaError> {
    let mut papers: Vec<(FiledPaper, u32)> = Vec::new();
    let mut events: Vec<&Event> = opened.case.events.iter().filter(|event| event.paper.is_some()).collect();
    events.sort_by_key(|event| (event.on, event.hlc));
    for event in events {
        let Some(paper) = event.paper.as_ref().filter(|paper| paper.form != "F23") else { continue };
        if let Some((_, copies)) = papers.iter_mut().find(|(filed, _)| filed.number == paper.number) {
            *copies = paper.copy.max(*copies);
            continue;
        }
        let said: Value = serde_json::from_str(&event.payload).unwrap_or_default();
        let title = said.get("name").and_then(Value::as_str).unwrap_or(name(&paper.form));
        let filed = FiledPaper {
            number: paper.number.clone(),
            author: unit::find(db, event.unit)?.map(|unit| unit.full_name).unwrap_or_default(),
            title: title.to_owned(),
            on: Some(event.on.0),
            note: String::new(),
        };
        papers.push((filed, paper.copy));
    }
    let again = |copy: u32| if copy > 1 { format!("补打{}次", copy - 1) } else { String::new() };
    Ok(papers.into_iter().map(|(filed, copy)| FiledPaper { note: again(copy), ..filed }).collect())
}

/// The result itself.
fn result(db: &Connection, opened: &Opened) -> Result<Option<FiledPaper>, ReplicaError> {
    let Some(closed) = opened.counted().rfind(|event| matches!(event.kind.as_str(), "close" | "upperClose"))
    else {
        return Ok(None);
    };
    let said = closed.said();
    if said.result_name.is_empty() {
        return Ok(None);
    }
    Ok(Some(FiledPaper {
        number: said.result_number,
        author: unit::find(db, closed.unit)?.map(|unit| unit.full_name).unwrap_or_default(),
        title: said.result_name,
        on: Some(closed.on.0),
        note: "办理结果".to_owned(),
    }))
}
