//! Printed forms of a case: which it has earned, and what stands on each. The forms themselves only know wording and order
//! (`daiban_forms`); here the facts are gathered.

mod acceptance_notice;
mod against;
mod case_file;
mod certificate_refusal;
mod commitment;
mod completion_notice;
mod delivery_record;
mod extension_notice;
mod hand_over_slip;
mod joint_review;
mod many;
mod one_time_notice;
mod power_of_attorney;
mod procedure_notice;
mod public_notice;
mod registration_receipt;
mod return_slip;
mod slip;

pub(crate) use against::remedy;
pub(crate) use hand_over_slip::handed_over_with;
pub(crate) use many::{due, of_many};
pub(crate) use registration_receipt::registered_with;
pub(crate) use slip::{issuer, promise_says};

use crate::{
    Trouble,
    ask::{Opened, last_of_batch},
    practice,
};
use daiban_contract::Code;
use daiban_domain::{
    EventId, UnitCode,
    case::{
        ClockName, Event, Folded,
        deadlines::{accepted_from, deadlines, notice_due, promise_due, village_due},
        fold,
        printed::Told,
    },
    deadline::Due,
};
use daiban_forms::{Faces, Layout};
use daiban_replica::{ReplicaError, case, public::calendar};
use jiff::civil::Date;
use rusqlite::Connection;
use std::{path::PathBuf, sync::OnceLock};

/// The faces of all forms: mapped once, for whichever desk of this process asks.
static FACES: OnceLock<Faces> = OnceLock::new();
/// Where a county's own fonts lie, before the system's.
static FONTS: OnceLock<PathBuf> = OnceLock::new();

/// A desk was opened whose folder may have fonts; of several the first one's count.
pub(crate) fn fonts_in(folder: PathBuf) {
    let _ = FONTS.set(folder);
}

pub(crate) fn faces() -> Result<&'static Faces, Trouble> {
    if let Some(faces) = FACES.get() {
        return Ok(faces);
    }
    let faces = Faces::load(FONTS.get().map(std::slice::from_ref).unwrap_or_default())?;
    Ok(FACES.get_or_init(|| faces))
}

/// A layout as it may be shown or printed: a practice desk's says on each page that it is none.
pub(crate) fn as_shown(layout: Layout, practice: bool, faces: &Faces) -> Result<Layout, Trouble> {
    Ok(if practice { layout.watermarked(practice::WORD, faces)? } else { layout })
}

/// A form, what it is called, what stands in its number, and the acts that it bears witness to.
struct Form {
    code: &'static str,
    name: &'static str,
    series: &'static str,
    acts: &'static [&'static str],
}

const fn form(
    code: &'static str,
    name: &'static str,
    series: &'static str,
    acts: &'static [&'static str],
) -> Form {
    Form { code, name, series, acts }
}

/// DOMAIN §5.2, in the order in which a case comes to them. Of several of one code the one whose act came last stands: once
/// a case is accepted it has no more use for a receipt.
const FORMS: [Form; 24] = [
    form("F01", "代办登记回执", "代登", &["submit"]),
    form("F07", "代办委托书", "代委", &["entrust"]),
    form("F07", "代办委托书", "代委", &["submit"]),
    form("F06", "材料交接单", "交", &["handOver"]),
    form("F21", "不予出具证明说明", "不证", &["submit", "receive", "directReceive", "refuse", "reject"]),
    form("F02", "受理通知书", "受", &["accept", "tolerantAccept"]),
    form("F02", "收件凭证", "收", &["receive", "directReceive", "supplement"]),
    form("F03", "一次性告知（补正）通知书", "补", &["oneTimeNotice"]),
    form("F04", "不予受理通知书", "不受", &["refuse"]),
    form("F05", "容缺受理承诺书", "容", &["tolerantAccept"]),
    form("F05b", "告知承诺书", "诺", &["commit"]),
    form("F14", "退件单", "退", &["returnToVillage"]),
    form("F14", "撤回申请书", "撤", &["withdraw"]),
    form("F15", "特别程序告知书", "特", &["pause"]),
    form("F24", "并联审批意见表", "联", &["jointDispatch"]),
    form("F24b", "联席会议纪要", "纪", &["jointMeeting"]),
    form("F10", "延期通知书", "延", &["extend"]),
    form("F17", "公示", "示", &["publicNoticeStart"]),
    form("F09b", "不予办理决定书", "决", &["reject"]),
    form("F09", "办结通知书", "结", &["close", "upperClose"]),
    form("F09", "办结通知书", "结", &["terminate", "tolerantFail", "supplementExpired"]),
    form("F08", "送达回证", "送", &["deliver"]),
    form(
        "F08",
        "送达回证",
        "送",
        &["close", "upperClose", "refuse", "terminate", "tolerantFail", "supplementExpired", "withdraw"],
    ),
    form("F23", "案卷封面、卷内目录、备考表", "卷", &ENDS),
];

/// What ends a case, so that its file can be closed (DOMAIN T24).
const ENDS: [&str; 9] = [
    "close",
    "upperClose",
    "refuse",
    "terminate",
    "tolerantFail",
    "supplementExpired",
    "withdraw",
    "transfer",
    "void",
];

/// A form that a case has earned, and the act that it bears witness to.
#[derive(Clone, Debug)]
pub(crate) struct Earned {
    pub form: &'static str,
    pub name: &'static str,
    /// In its number: 代登, 收, 受.
    pub series: &'static str,
    pub act: EventId,
    /// Of a slip of a hand-over: which.
    pub batch: Option<String>,
}

/// The number, date and mark of a paper; a preview has no number, and its mark isn't signed.
pub(crate) struct Stamp {
    pub number: Option<String>,
    pub copy: u32,
    pub on: Date,
    pub mark: String,
}

/// The one form that is of each of its acts: each hand-over keeps its slip.
const HAND_OVER: &str = "F06";

/// Of these what came before the case was opened again says nothing any more.
const ENDED: [&str; 4] = ["F08", "F09", "F09b", "F23"];

/// Forms by which an organ speaks: its own desk makes them, others may print them again.
const SPEAKS: [&str; 10] = ["F02", "F03", "F04", "F05", "F09", "F09b", "F10", "F15", "F17", "F24"];

/// e.g. 受理通知书; of a code that stands for several the first. A mark has it in capitals.
pub(crate) fn name(code: &str) -> &'static str {
    FORMS.iter().find(|form| form.code.eq_ignore_ascii_case(code)).map_or("文书", |form| form.name)
}

/// What stands in the numbers of all forms of a code.
pub(crate) fn series(code: &str) -> impl Iterator<Item = &'static str> {
    FORMS.iter().filter(move |form| form.code == code).map(|form| form.series)
}

/// Whether an act earns a form, and so ends with that on the screen.
pub(crate) fn comes_with(code: &str, event: &str) -> bool {
    FORMS.iter().any(|form| form.code == code && form.acts.contains(&event))
}

pub(crate) fn earned(opened: &Opened) -> Vec<Earned> {
    let counted: Vec<&Event> = opened.counted().collect();
    let opened_again = counted.iter().rposition(|act| act.kind == "reopen").map_or(0, |at| at + 1);
    let mut earned: Vec<Earned> = Vec::new();
    for Form { code, .. } in &FORMS {
        if earned.iter().any(|earned| earned.form == *code) {
            continue;
        }
        let since = if ENDED.contains(code) { opened_again } else { 0 };
        let bears = |act: &Event| {
            FORMS.iter().find(|form| form.code == *code && form.acts.contains(&act.kind.as_str()))
        };
        let last = counted[since..].iter().rev().find_map(|act| Some((*act, bears(act)?)));
        if let Some((act, form)) = last.filter(|(act, _)| of_its_kind(code, opened, act)) {
            let name = if *code == "F09b" { against::title(&opened.item) } else { form.name };
            let batch = (*code == HAND_OVER).then(|| act.said().batch).filter(|batch| !batch.is_empty());
            earned.push(Earned { form: code, name, series: form.series, act: act.id, batch });
        }
    }
    earned
}

/// Whether what a printed form bears witness to still holds.
pub(crate) fn holds(opened: &Opened, form: &str, act: EventId) -> bool {
    match form {
        HAND_OVER => opened.counted().any(|counted| counted.id == act),
        _ => earned(opened).iter().any(|earned| earned.act == act),
    }
}

/// Refuses a form that isn't a unit's to give its first number: an organ's paper is its own to make.
pub(crate) fn printable(opened: &Opened, earned: &Earned, unit: UnitCode) -> Result<(), Trouble> {
    let act = opened.case.events.iter().find(|event| event.id == earned.act);
    let own = !SPEAKS.contains(&earned.form) || act.is_none_or(|act| act.unit == unit);
    if own || printed(opened, earned).is_some() {
        return Ok(());
    }
    let message =
        format!("{}由办这一步的单位来出，第一次要在那里打印；打印过的可以在这里补打。", earned.name);
    Err(Trouble::new(Code::FormNotEarned, message))
}

/// The case as it was right after an act: what a paper of the act tells doesn't move with what came later.
pub(crate) fn as_of(opened: &Opened, act: &Event) -> Folded {
    fold(&until(opened, act), &case::setting(&opened.case, &opened.item))
}

/// The acts up to one, in the order in which they count.
fn until(opened: &Opened, act: &Event) -> Vec<Event> {
    let placed = opened.folded.placed.iter().map(|placed| &opened.case.events[placed.event]);
    let at = placed.clone().position(|event| event.id == act.id).unwrap_or_default();
    placed.take(at + 1).cloned().collect()
}

/// Forms that not every case has that comes to their acts.
fn of_its_kind(code: &str, opened: &Opened, act: &Event) -> bool {
    match (code, act.kind.as_str()) {
        ("F07", "submit") => opened.case.channel == "PROXY",
        ("F21", _) => certificate_refusal::refused(opened, act),
        // Nobody's child is hung up on a board (DOMAIN §8.6).
        ("F17", _) => !public_notice::of_a_child(opened, act.on.0),
        _ => true,
    }
}

/// `batch`: which hand-over's slip is meant, of a case that was handed over more than once; the last one's where none is named.
pub(crate) fn earned_form(opened: &Opened, code: &str, batch: Option<&str>) -> Result<Earned, Trouble> {
    if FORMS.iter().all(|form| form.code != code) {
        return Err(Trouble::new(Code::UnknownForm, format!("办件没有编号为 {code} 的文书。")));
    }
    if opened.folded.incomplete {
        let message = "这个办件里有新版程序记下的内容，本机看不全。请先更新程序再打印文书。";
        return Err(Trouble::new(Code::FormNotEarned, message));
    }
    let earned = earned(opened).into_iter().find(|earned| earned.form == code);
    let earned = match (earned, batch) {
        (Some(last), Some(batch)) if code == HAND_OVER => {
            let act = last_of_batch(opened, "handOver", batch);
            act.map(|act| Earned { act: act.id, batch: Some(batch.to_owned()), ..last })
        }
        (earned, _) => earned,
    };
    earned.ok_or_else(|| {
        let message = format!("这个办件现在是“{}”，还不能出{}。", opened.folded.state.zh(), name(code));
        Trouble::new(Code::FormNotEarned, message)
    })
}

pub(crate) fn lay_out(
    db: &Connection,
    opened: &Opened,
    earned: &Earned,
    stamp: Stamp,
    faces: &Faces,
) -> Result<Layout, Trouble> {
    let act = opened.case.events.iter().find(|event| event.id == earned.act);
    let act = act.ok_or_else(|| Trouble::new(Code::Internal, "文书对应的环节找不到。"))?;
    Ok(match earned.form {
        "F01" => registration_receipt::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F03" => one_time_notice::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F04" => against::refusal(db, opened, act, stamp)?.lay_out(faces)?,
        "F05" => commitment::of_tolerance(db, opened, act, stamp)?.lay_out(faces)?,
        "F05b" => commitment::of_facts(db, opened, act, stamp)?.lay_out(faces)?,
        "F06" => hand_over_slip::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F07" => power_of_attorney::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F08" => delivery_record::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F09" => completion_notice::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F09b" => against::decision(db, opened, act, stamp)?.lay_out(faces)?,
        "F10" => extension_notice::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F14" => return_slip::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F15" => procedure_notice::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F21" => certificate_refusal::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F23" => case_file::gather(db, opened, act, stamp)?.lay_out(faces)?,
        "F24" => joint_review::review(db, opened, act, stamp)?.lay_out(faces)?,
        "F24b" => joint_review::minutes(db, opened, act, stamp)?.lay_out(faces)?,
        "F17" => public_notice::gather(db, opened, act, stamp)?.lay_out(faces)?,
        _ => acceptance_notice::gather(db, opened, act, stamp)?.lay_out(faces)?,
    })
}

/// The term that a form tells, and its end. A reprint tells what has been printed for certain, or an earlier end.
fn term(opened: &Opened, form: &str, act: &Event) -> Option<(ClockName, Due)> {
    let Opened { item, folded, calendar, settings, .. } = opened;
    let started = |clock: ClockName| {
        let by = folded.clocks.get(clock).filter(|clock| clock.by == act.id);
        let all = by.map(|_| deadlines(folded, item, calendar, settings)).unwrap_or_default();
        all.into_iter().find(|deadline| deadline.clock == clock).map(|deadline| (clock, deadline.due))
    };
    let (clock, counted) = match (form, act.kind.as_str()) {
        ("F01", _) => (ClockName::Village, village_due(act.on.0, calendar, settings)),
        ("F02", "accept" | "tolerantAccept") => {
            (ClockName::Promise, promise_due(accepted_on(opened, act), item, calendar)?)
        }
        ("F02", _) => (ClockName::Notice, notice_due(received_on(opened, act), calendar, settings)),
        ("F03", _) => started(ClockName::Supplement)?,
        ("F05", _) => started(ClockName::Tolerance)?,
        _ => return None,
    };
    let firm = folded.printed.firm(clock, act.id).filter(|firm| *firm < counted.date);
    Some((clock, firm.map_or(counted, |date| Due { date, provisional: false })))
}

/// The end of a term that has to be there; the act's own day if it isn't.
fn ends(opened: &Opened, form: &str, act: &Event) -> Due {
    term(opened, form, act).map_or(Due { date: act.on.0, provisional: false }, |(_, due)| due)
}

fn received_on(opened: &Opened, act: &Event) -> Date {
    opened.folded.received_on.unwrap_or(act.on.0)
}

/// After too long a silence it has been accepted since the receipt.
fn accepted_on(opened: &Opened, act: &Event) -> Date {
    let Opened { item, folded, calendar, settings, .. } = opened;
    accepted_from(folded, item, calendar, settings).unwrap_or(act.on.0)
}

/// What a print of a form says of a term.
pub(crate) fn told(db: &Connection, opened: &Opened, earned: &Earned) -> Result<Option<Told>, ReplicaError> {
    let act = opened.case.events.iter().find(|event| event.id == earned.act);
    let Some((clock, due)) = act.and_then(|act| term(opened, earned.form, act)) else { return Ok(None) };
    Ok(Some(Told {
        clock: clock.as_str().to_owned(),
        date: due.date,
        provisional: due.provisional,
        calendar: calendar::version(db, due.date.year())?,
    }))
}

/// How often a paper of the form has been printed for an act, under which number, and when first: that day stands on it.
pub(crate) fn printed(opened: &Opened, earned: &Earned) -> Option<(String, u32, Date)> {
    let papers = opened.case.events.iter().filter_map(|event| Some((event.paper.as_ref()?, event.on.0)));
    let papers = papers.filter(|(paper, _)| paper.form == earned.form && paper.act == earned.act);
    let first = papers.clone().min_by_key(|(paper, on)| (paper.copy, *on))?;
    let last = papers.max_by_key(|(paper, _)| paper.copy)?;
    Some((last.0.number.clone(), last.0.copy, first.1))
}
