//! What earlier acts must have come to.

use crate::{
    Level, Role, UnitCode,
    case::{
        Folded, Said,
        clock::ClockName,
        replaced::{self, COMMIT, SHARE, VERIFY},
        transition::{Refusal, Setting},
    },
    item::Item,
};

fn not_here<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::NotHere { reason: reason.into() })
}

fn only(name: &str, needed: Role) -> Result<(), Refusal> {
    Err(Refusal::NoRole { name: name.to_owned(), needed: needed.zh().to_owned() })
}

/// Whether an act goes with what the acts before it have come to.
pub fn fits(
    folded: &Folded,
    event: &str,
    said: &Said,
    role: Role,
    setting: &Setting<'_>,
) -> Result<(), Refusal> {
    match event {
        "oneTimeNotice" => one_notice(folded, role),
        "refuse" => refused_by(role, setting.item),
        "pause" => paused_once(folded, role),
        "resume" if !paused(folded) => not_here("计时没有停，不用恢复。"),
        "extend" if folded.extensions > 0 => not_here("已经延期过一次，不能再延期。"),
        "tolerantDone" | "tolerantFail" if folded.owed.is_empty() => not_here("没有容缺欠着的材料。"),
        "publicNoticeEnd" if !hangs(folded) => not_here("没有正在公示的内容。"),
        "publicNoticeObjection" if folded.public_notice.is_none() => not_here("还没有公示过。"),
        "reopen" if folded.closed_on.is_none() => not_here("没有办结过的结果，不能重新办理。"),
        "handOver" => village_has_the_paper(folded),
        "jointOpinion" | "jointTacit" => asked(folded, &said.organ),
        COMMIT | SHARE if folded.accepted_on.is_some() => not_here("已经受理，不用再代替材料。"),
        COMMIT | SHARE => replaced::allowed(event, said, setting.item),
        VERIFY if !folded.replaced.committed() => not_here("没有告知承诺可以核查。"),
        "takeBack" if !folded.custody.goes_back() => not_here("没有退回来的材料在路上。"),
        "jointMeeting" if folded.joint.asked.is_empty() => not_here("还没有分送过部门，没有联席会议。"),
        "reportEnd" if !folded.benefit.runs() => not_here("没有正在享受的待遇。"),
        "reportEnd" if folded.benefit.to_stop() => not_here("已经报告过应停发，等乡镇来定。"),
        "stopBenefit" if !folded.benefit.runs() => not_here("没有正在享受的待遇可停。"),
        "keepBenefit" if folded.benefit.reported.or(folded.benefit.stopped).is_none() => {
            not_here("没有人报告过应停发，也没有停发过。")
        }
        "adopt" => suggested(folded, &said.suggestion, true),
        "decline" => suggested(folded, &said.suggestion, false),
        _ => Ok(()),
    }
}

/// T06: one notice tells all; a second is the head's, with a reason, and counts as a violation.
fn one_notice(folded: &Folded, role: Role) -> Result<(), Refusal> {
    match (folded.notices, role) {
        (0, Role::CentreHead) => only("第一次告知", Role::Intake),
        (0, _) | (_, Role::CentreHead) => Ok(()),
        _ => only("第二次告知补正", Role::CentreHead),
    }
}

/// T11: refusing to accept a licence is the approver's word.
fn refused_by(role: Role, item: &Item) -> Result<(), Refusal> {
    match (item.licence(), role) {
        (true, Role::Approver) | (false, _) => Ok(()),
        _ => only("不受理行政许可", Role::Approver),
    }
}

/// Forwarding ends the pause of the promise alone: either clock may be the one that stands.
pub(super) fn paused(folded: &Folded) -> bool {
    let clocks = [ClockName::Promise, ClockName::Statutory];
    clocks.into_iter().any(|name| folded.clocks.get(name).is_some_and(|clock| clock.paused()))
}

/// T03: what the township has received isn't the village's to hand over.
fn village_has_the_paper(folded: &Folded) -> Result<(), Refusal> {
    match folded.custody.holder.map(UnitCode::level) {
        Some(Level::Township | Level::County) if !folded.custody.travels => {
            not_here("材料已经不在村里，不用再移交。")
        }
        _ => Ok(()),
    }
}

/// T15: a clock that stands can't be stopped; a second pause is the head's to order.
fn paused_once(folded: &Folded, role: Role) -> Result<(), Refusal> {
    if paused(folded) {
        return not_here("计时已经停着，先恢复才能再停。");
    }
    if role != Role::CentreHead && folded.procedures > 0 {
        return only("第二次停表", Role::CentreHead);
    }
    Ok(())
}

fn hangs(folded: &Folded) -> bool {
    folded.public_notice.as_ref().is_some_and(|notice| notice.end.is_none())
}

/// T30: an opinion answers a question.
fn asked(folded: &Folded, organ: &str) -> Result<(), Refusal> {
    if folded.joint.waiting_for(organ).is_some() {
        Ok(())
    } else {
        not_here(format!("没有等着“{organ}”回复的分送。"))
    }
}

/// T32: a suggestion is answered once.
fn suggested(folded: &Folded, event: &str, adopted: bool) -> Result<(), Refusal> {
    if folded.suggestions.iter().any(|suggestion| suggestion.takes(event, adopted)) {
        Ok(())
    } else {
        not_here("没有这条建议，或已经处理过了。")
    }
}
