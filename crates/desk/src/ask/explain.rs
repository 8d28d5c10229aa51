use super::{
    case::{Opened, open},
    clocks::{silence_unheard, told},
};
use crate::{Desk, Trouble, silence::perhaps};
use daiban_contract::{ask::Explain, view::ExplanationView};
use daiban_domain::{
    Instant,
    case::{
        benefit::Benefit,
        deadlines::{Deadline, deadlines_as_of, deemed_accepted, public_notice_end},
        transition,
    },
    deadline::says_full_day,
};
use daiban_replica::{ReplicaError, today};
use jiff::civil::Date;
use rusqlite::Connection;
use std::collections::BTreeSet;

impl Desk {
    /// Why a case stands where it stands, in sentences.
    pub fn explain(&self, request: Explain, now: Instant) -> Result<ExplanationView, Trouble> {
        self.with(|replica| {
            let opened = open(replica.db(), &request.case_no)?;
            let says = sentences(replica.db(), &opened, (today(replica.db(), now)?, now))?;
            Ok(ExplanationView { case_no: opened.case.case_no.clone(), state: opened.folded.state, says })
        })
    }
}

fn sentences(
    db: &Connection,
    opened: &Opened,
    (today, now): (Date, Instant),
) -> Result<Vec<String>, ReplicaError> {
    let Opened { case, item, folded, calendar, settings } = opened;
    let mut says =
        vec![format!("现在是“{}”，按 {} 第 {} 版办理。", folded.state.zh(), item.name, item.version)];
    let mut unheard = BTreeSet::new();
    if deemed_accepted(folded, item, calendar, settings, today) {
        let since = folded.received_on.map(says_full_day).unwrap_or_default();
        let desks = silence_unheard(db, opened, (today, now))?;
        let accepted = perhaps(desks.is_empty(), "视同受理".to_owned());
        says.push(format!("收件后没有在期限内受理、告知或不予受理，自 {since} 起{accepted}。"));
        unheard.insert(desks);
    }
    for deadline in deadlines_as_of(folded, item, calendar, settings, today) {
        let told = told(db, opened, &deadline, (today, now))?;
        says.push(clock(&deadline, &told.says));
        unheard.insert(told.unheard);
    }
    if folded.notices > 1 {
        says.push(format!("一次性告知了 {} 次：只能一次，要说明原因。", folded.notices));
    }
    if !folded.owed.is_empty() {
        let name =
            |code: &String| item.material(code).map_or(code.as_str(), |material| &material.name).to_owned();
        let owed: Vec<String> = folded.owed.iter().map(name).collect();
        says.push(format!("容缺还欠：{}。补齐以前不出结果。", owed.join("、")));
    }
    if let (Some(hung), Some(wanted)) = (&folded.public_notice, &item.public_notice) {
        let end = says_full_day(public_notice_end(hung.start, wanted, calendar).date);
        says.push(match (hung.end, hung.objections) {
            (None, 0) => format!("{}开始公示，公示到 {end}。", says_full_day(hung.start)),
            (Some(ended), 0) => format!("公示已于 {} 结束，没有异议。", says_full_day(ended)),
            (_, objections) => format!("公示有 {objections} 条异议，核查后要重新公示。"),
        });
    }
    for asked in &folded.joint.asked {
        if let Some(answer) = &asked.answer {
            says.push(format!("{}：{}（{}）。", asked.organ, answer.opinion, says_full_day(answer.on)));
        }
    }
    for meeting in &folded.joint.meetings {
        let absent = match meeting.absent.as_slice() {
            [] => String::new(),
            absent => format!("，缺席：{}", absent.join("、")),
        };
        let on = says_full_day(meeting.on);
        says.push(format!("{on}联席会议，到会：{}{absent}。{}", meeting.present.join("、"), meeting.minutes));
    }
    says.extend(benefit(&folded.benefit));
    for placed in &folded.placed {
        let event = &case.events[placed.event];
        if let Some(why) = &placed.contested {
            let name = transition::name(&event.kind).unwrap_or(&event.kind);
            says.push(format!("{}的“{name}”没有算进来：{why}。", says_full_day(event.on.0)));
        }
    }
    if !folded.waiting.is_empty() {
        says.push(format!("有 {} 条记录在等它们前面的记录同步过来。", folded.waiting.len()));
    }
    if folded.incomplete {
        says.push("有新版程序记下的内容，本机看不全。请先更新程序。".to_owned());
    }
    says.extend(unheard.into_iter().filter(|desks| !desks.is_empty()));
    Ok(says)
}

fn benefit(benefit: &Benefit) -> Option<String> {
    match (benefit.stopped, benefit.reported) {
        (Some(stopped), _) => Some(format!("待遇从 {} 起停发。", says_full_day(stopped))),
        (None, Some(reported)) => {
            Some(format!("{}有人报告待遇应停发，等乡镇来定。", says_full_day(reported)))
        }
        (None, None) => None,
    }
}

fn clock(deadline: &Deadline, says: &str) -> String {
    let organ = deadline.organ.as_deref().unwrap_or_default();
    let due = says_full_day(deadline.due.date);
    let what = if deadline.running {
        format!("要在 {due} 前{}（{says}）", deadline.clock.demands())
    } else {
        format!("期限到 {due}，已停")
    };
    format!("{organ}{}：{what}。{}", deadline.clock.zh(), deadline.why)
}
