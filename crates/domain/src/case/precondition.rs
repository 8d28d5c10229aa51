//! What an act needs beside its row of the state table. [`fits`] looks at what earlier acts have come to: it counts in
//! the fold too, so that of two extensions made apart only one does. [`ready`] looks at what has been said, at
//! materials and days: the desk that takes the act answers for it, and nobody else's fold asks again.

use super::{
    CountySettings, Folded, Said,
    clock::ClockName,
    deadlines,
    entrustment::{Entrustment, Gap, Power},
    transition::{self, Refusal, Setting, Transition},
};
use crate::{
    Level, PersonId, Role, UnitCode,
    calendar::WorkCalendar,
    deadline::{Due, says_full_day},
    item::Item,
    staff::{self, Staff},
};
use jiff::civil::Date;

/// Grounds on which acceptance of a licence may be refused (行政许可法 §32(一)(二)).
pub const LICENCE_REFUSALS: [&str; 2] = ["依法不需要许可", "不属本机关职权"];

/// 行政许可: bound by the licensing law, where other items follow the same rules as a service.
fn licence(item: &Item) -> bool {
    item.type_code == "01"
}

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
    match (licence(item), role) {
        (true, Role::Approver) | (false, _) => Ok(()),
        _ => only("不受理行政许可", Role::Approver),
    }
}

/// Forwarding ends the pause of the promise alone: either clock may be the one that stands.
fn paused(folded: &Folded) -> bool {
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
    if folded.asked.iter().any(|asked| asked.waits_for(organ)) {
        Ok(())
    } else {
        not_here(format!("没有等着“{organ}”回复的分送。"))
    }
}

/// The row under which someone with these roles may take an act now, and the role that they take it in; of several roles
/// the first that fits.
pub fn allowed(
    folded: &Folded,
    event: &str,
    said: &Said,
    roles: &[Role],
    level: Level,
    setting: &Setting<'_>,
) -> Result<(&'static Transition, Role), Refusal> {
    // Without any role the table tells what is needed.
    let (row, _) = transition::find(folded.state, event, roles, level, setting)?;
    let mut refused = None;
    for role in roles {
        let Ok((row, role)) = transition::find(folded.state, event, &[*role], level, setting) else {
            continue;
        };
        match fits(folded, event, said, role, setting) {
            Ok(()) => return Ok((row, role)),
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    Err(refused.unwrap_or(Refusal::WrongState { state: folded.state, name: row.zh.clone() }))
}

/// T32: a suggestion is answered once.
fn suggested(folded: &Folded, event: &str, adopted: bool) -> Result<(), Refusal> {
    if folded.suggestions.iter().any(|suggestion| suggestion.takes(event, adopted)) {
        Ok(())
    } else {
        not_here("没有这条建议，或已经处理过了。")
    }
}

/// What the desk knows when an act is taken.
pub struct Ground<'a> {
    pub folded: &'a Folded,
    pub item: &'a Item,
    pub calendar: &'a WorkCalendar,
    pub settings: &'a CountySettings,
    /// The act's legal date.
    pub on: Date,
    pub today: Date,
    /// Who acts, and all that they may act as.
    pub person: PersonId,
    /// In whose place.
    pub on_behalf_of: Option<PersonId>,
    pub roles: &'a [Role],
    /// The one that they take this act in, and what is known of their post.
    pub role: Role,
    pub staff: Option<&'a Staff>,
    pub entrustment: Option<&'a Entrustment>,
    /// Codes of materials of which nothing has come.
    pub missing: &'a [&'a str],
    /// How many people work at the unit.
    pub people: usize,
}

/// What stands in the way of an act now, whatever will be said of it; nothing if it may be taken.
pub fn blocked(event: &str, ground: &Ground<'_>) -> Result<(), String> {
    decided_by_the_qualified(ground)?;
    match event {
        "oneTimeNotice" => in_time_to_notice(ground),
        // What counts as accepted is accepted, complete or not: what is missing is the organ's to get now.
        "accept" if silent(ground) => Ok(()),
        "refuse" | "returnToVillage" | "tolerantAccept" if silent(ground) => already_accepted(ground),
        "accept" => materials_complete(ground),
        "propose" | "forward" | "approve" | "reject" | "extend" if paused(ground.folded) => {
            Err("计时停着。先恢复计时，再办这一步。".to_owned())
        }
        "tolerantAccept" => tolerance_allowed(ground).and(materials_complete(ground)),
        "tolerantDone" => nothing_owed(ground),
        "tolerantFail" => tolerance_passed(ground),
        "supplementExpired" => supplement_limit_passed(ground),
        "propose" => opinions_in(ground).and(public_notice_over(ground)),
        "approve" => decided_by_another(ground).and(nothing_owed_for_the_result(ground)),
        "publicNoticeStart" => has_public_notice(ground),
        "publicNoticeEnd" => hung_long_enough(ground),
        "urgentRelief" => has_emergency_route(ground),
        _ => Ok(()),
    }
}

/// The same, and what is lacking in what was said.
pub fn ready(event: &str, said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    in_order(ground)?;
    blocked(event, ground)?;
    match event {
        "supplementExpired" => applicant_reached(said),
        "oneTimeNotice" if ground.folded.notices > 0 => {
            needs(&said.reason, "第二次告知补正要写明理由：本来应该一次告知清楚。")
        }
        "tolerantAccept" => promised_what_may_be_owed(said, ground),
        "refuse" => lawful_refusal(said, ground),
        "pause" => told_in_writing(said).and(long_pause_by_the_head(said, ground)),
        "extend" => extension_in_time(said, ground),
        "transfer" => told_where_to(said),
        "jointDispatch" => organ_not_asked_yet(said, ground),
        "jointTacit" => silence_shown(said, ground),
        "forward" | "jointOpinion" => needs(&said.opinion, "要写明意见。"),
        "reject" => needs(&said.reason, "不予决定要写明理由（行政许可法第三十八条）。"),
        "changeAgent" if said.agent.parse::<PersonId>().is_err() => {
            Err("更换代办员要写明接手的人的编号（agent）。".to_owned())
        }
        "sendBack" => needs(&said.reason, "退回审查要写明理由。"),
        "terminate" => needs(&said.reason, "终止要写明理由。"),
        "returnToVillage" => needs(&said.reason, "退回代办点要写明登记哪里不对。"),
        "reopen" => needs(&said.reason, "重新办理要写明原来错在哪里。"),
        "withdraw" => needs(&said.reason, "撤回要写明理由。"),
        "void" => needs(&said.reason, "作废要写明理由；重复登记的写明留用哪一件。"),
        "publicNoticeObjection" => needs(&said.reason, "异议要写明内容。"),
        "deliver" => collected_by_the_agent(said, ground),
        "urgentRelief" => needs(&said.reason, "急难先行要写明急在哪里。"),
        _ => Ok(()),
    }
}

fn needs(text: &str, otherwise: &str) -> Result<(), String> {
    if text.trim().is_empty() { Err(otherwise.to_owned()) } else { Ok(()) }
}

/// An act that is entered later lies neither before what it follows nor ahead. One of today is always in order: what it
/// follows may have been dated by a clock that was off.
fn in_order(ground: &Ground<'_>) -> Result<(), String> {
    if ground.on > ground.today {
        return Err("日期不能晚于今天。".to_owned());
    }
    let since = ground.folded.days.iter().copied().filter(|day| *day <= ground.today).max();
    match since.filter(|since| ground.on < *since && ground.on < ground.today) {
        Some(since) => Err(format!("日期不能早于上一个环节的 {}。", says_full_day(since))),
        None => Ok(()),
    }
}

fn due(ground: &Ground<'_>, clock: ClockName) -> Option<Due> {
    let Ground { folded, item, calendar, settings, .. } = ground;
    let all = deadlines::deadlines(folded, item, calendar, settings);
    all.into_iter().find(|deadline| deadline.clock == clock).map(|deadline| deadline.due)
}

/// T06, §32: after five working days the application counts as accepted, and nothing can be asked for any more.
fn in_time_to_notice(ground: &Ground<'_>) -> Result<(), String> {
    if silent(ground) { already_accepted(ground) } else { Ok(()) }
}

/// Nobody has answered in time.
fn silent(ground: &Ground<'_>) -> bool {
    let Ground { folded, item, calendar, settings, on, .. } = ground;
    folded.accepted_on.is_none() && deadlines::deemed_accepted(folded, item, calendar, settings, *on)
}

/// T10, §32: what counts as accepted can't be sent back, refused or made to wait any more.
fn already_accepted(ground: &Ground<'_>) -> Result<(), String> {
    let since = ground.folded.received_on.map(says_full_day).unwrap_or_default();
    Err(format!("已过受理或告知的期限，自 {since} 收件起视同受理。请受理。"))
}

/// T08: the applicant's limit has passed.
fn supplement_limit_passed(ground: &Ground<'_>) -> Result<(), String> {
    match due(ground, ClockName::Supplement).filter(|due| ground.on <= due.date) {
        Some(due) => Err(format!("补正期限到 {}，还没有过。", says_full_day(due.date))),
        None => Ok(()),
    }
}

/// T08: somebody has tried to reach the applicant.
fn applicant_reached(said: &Said) -> Result<(), String> {
    if said.contacts.iter().all(|contact| contact.trim().is_empty()) {
        return Err("要写明什么时候、怎么联系过申请人（contacts），至少一次。".to_owned());
    }
    Ok(())
}

fn names(codes: &[&str], item: &Item) -> String {
    let name = |code: &&str| item.material(code).map_or(*code, |material| material.name.as_str()).to_owned();
    codes.iter().map(name).collect::<Vec<_>>().join("”“")
}

/// T09: nothing necessary is missing.
fn materials_complete(ground: &Ground<'_>) -> Result<(), String> {
    let required = |code: &&&str| ground.item.material(code).is_some_and(|material| material.required());
    let missing: Vec<&str> = ground.missing.iter().filter(required).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = names(&missing, ground.item);
    Err(format!("还差“{missing}”，不能受理。可以一次性告知。"))
}

/// T12: the item allows it.
fn tolerance_allowed(ground: &Ground<'_>) -> Result<(), String> {
    if ground.item.tolerance_allowed { Ok(()) } else { Err("这个事项不能容缺受理。".to_owned()) }
}

/// T12: only tolerable materials are missing, and the applicant has signed the promise to bring them.
fn promised_what_may_be_owed(said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    if said.owed.is_empty() {
        return Err("要写明容缺的是哪几样材料（owed）。".to_owned());
    }
    let tolerable = |code: &str| {
        ground.item.material(code).is_some_and(|material| material.tolerable || material.necessity == "3")
    };
    let not: Vec<&str> = said.owed.iter().map(String::as_str).filter(|code| !tolerable(code)).collect();
    if !not.is_empty() {
        return Err(format!("“{}”不是可以容缺的材料。", names(&not, ground.item)));
    }
    if said.signed {
        Ok(())
    } else {
        Err("容缺受理要申请人先在承诺书上签字（signed）。".to_owned())
    }
}

fn owing<'g>(ground: &'g Ground<'_>) -> Vec<&'g str> {
    let owed = ground.folded.owed.iter().map(String::as_str);
    owed.filter(|code| ground.missing.contains(code)).collect()
}

/// T13: all that was owed is in.
fn nothing_owed(ground: &Ground<'_>) -> Result<(), String> {
    let owing = owing(ground);
    if owing.is_empty() {
        return Ok(());
    }
    Err(format!("还欠“{}”。收到以后先登记材料。", names(&owing, ground.item)))
}

/// T13: a result waits for what is owed.
fn nothing_owed_for_the_result(ground: &Ground<'_>) -> Result<(), String> {
    if ground.folded.owed.is_empty() {
        return Ok(());
    }
    let owed: Vec<&str> = ground.folded.owed.iter().map(String::as_str).collect();
    Err(format!("容缺的“{}”还没有补齐，不能准予。", names(&owed, ground.item)))
}

fn tolerance_passed(ground: &Ground<'_>) -> Result<(), String> {
    match due(ground, ClockName::Tolerance).filter(|due| ground.on <= due.date) {
        Some(due) => Err(format!("容缺补齐的期限到 {}，还没有过。", says_full_day(due.date))),
        None => Ok(()),
    }
}

/// T11: a reason always; for a licence only the two that §32 names.
fn lawful_refusal(said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    if licence(ground.item) && !LICENCE_REFUSALS.contains(&said.ground.as_str()) {
        return Err(format!(
            "行政许可只有“{}”可以不受理（ground）。不符合条件的，受理后作不予决定。",
            LICENCE_REFUSALS.join("”“")
        ));
    }
    if said.reason.trim().is_empty() && said.ground.is_empty() {
        return Err("不予受理要写明理由。".to_owned());
    }
    Ok(())
}

/// T15, §45: kind, basis and expected days are told to the applicant in writing.
fn told_in_writing(said: &Said) -> Result<(), String> {
    needs(&said.procedure, "停表要写明是哪一种特别程序（procedure）。")?;
    needs(&said.basis, "停表要写明依据（basis）。")?;
    if said.expected_days.is_none() {
        return Err("停表要写明预计几个工作日（expectedDays）。".to_owned());
    }
    if !said.told {
        return Err("停表要书面告知申请人所需时间（行政许可法第四十五条）。告知后记 told。".to_owned());
    }
    Ok(())
}

/// T15: a long pause is the head's to order.
fn long_pause_by_the_head(said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    let most = ground.settings.on(ground.on).long_pause_days;
    if said.expected_days.unwrap_or(0) > most && !ground.roles.contains(&Role::CentreHead) {
        return Err(format!("停表超过 {most} 个工作日要由中心主任来定。"));
    }
    Ok(())
}

/// T18, §42: before the due date, with a reason, no longer than the item allows.
fn extension_in_time(said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    needs(&said.reason, "延期要写明理由，并告知申请人（行政许可法第四十二条）。")?;
    let Some(days) = said.days.filter(|days| *days > 0) else {
        return Err("延期要写明几个工作日（days）。".to_owned());
    };
    let most = ground.item.extension.max_days.unwrap_or(ground.settings.on(ground.on).extension_days);
    if days > most {
        return Err(format!("这个事项最多延期 {most} 个工作日。"));
    }
    let ends = [ClockName::Promise, ClockName::Statutory].into_iter().filter_map(|clock| due(ground, clock));
    match ends.map(|due| due.date).min().filter(|end| *end < ground.on) {
        Some(end) => Err(format!("已经过了 {} 的期限，不能再延期。", says_full_day(end))),
        None => Ok(()),
    }
}

/// T30: every organ that was asked has answered.
fn opinions_in(ground: &Ground<'_>) -> Result<(), String> {
    match ground.folded.asked.iter().find(|asked| asked.answer.is_none()) {
        Some(asked) => Err(format!("“{}”还没有回复意见。", asked.organ)),
        None => Ok(()),
    }
}

/// T17: for a benefit the public notice is over and nobody has objected.
fn public_notice_over(ground: &Ground<'_>) -> Result<(), String> {
    let Ground { folded, item, .. } = ground;
    if item.public_notice.is_none() || item.type_code != "05" {
        return Ok(());
    }
    match &folded.public_notice {
        None => Err("这个事项要先公示。".to_owned()),
        Some(notice) if notice.end.is_none() => Err("公示还没有结束。".to_owned()),
        Some(notice) if notice.objections > 0 => Err("公示有异议。核查后重新公示，再拟办。".to_owned()),
        Some(_) => Ok(()),
    }
}

/// T17: for licences and benefits nobody approves their own proposal, where there is somebody else (DOMAIN §2.3).
fn decided_by_another(ground: &Ground<'_>) -> Result<(), String> {
    let separate = matches!(ground.item.type_code.as_str(), "01" | "05");
    let alone = ground.people < usize::from(ground.settings.on(ground.on).separation_from);
    let proposed = |person| ground.folded.proposer == Some(person);
    if separate && !alone && (proposed(ground.person) || ground.on_behalf_of.is_some_and(proposed)) {
        return Err("拟办和审批要由两个人来做。请换一位审批人。".to_owned());
    }
    Ok(())
}

/// Whether an act in this role is one of deciding on a licence.
pub fn decides_on_licence(item: &Item, role: Role) -> bool {
    licence(item) && matches!(role, Role::Reviewer | Role::Approver)
}

/// What speaks against somebody's reviewing or approving of a licence. It warns, unless the county refuses it.
pub fn unqualified(item: &Item, role: Role, staff: Option<&Staff>, on: Date) -> Option<String> {
    if decides_on_licence(item, role) { staff::unqualified(staff, on) } else { None }
}

fn decided_by_the_qualified(ground: &Ground<'_>) -> Result<(), String> {
    let strict = ground.settings.on(ground.on).licence_staff_strict == 1;
    match unqualified(ground.item, ground.role, ground.staff, ground.on) {
        Some(reason) if strict => Err(reason),
        _ => Ok(()),
    }
}

/// T20: the applicant is told, and where to.
fn told_where_to(said: &Said) -> Result<(), String> {
    needs(&said.to, "转办要写明转给哪里（to）。")?;
    if said.told { Ok(()) } else { Err("转办要先告知申请人（told）。".to_owned()) }
}

fn has_public_notice(ground: &Ground<'_>) -> Result<(), String> {
    if ground.item.public_notice.is_some() { Ok(()) } else { Err("这个事项不用公示。".to_owned()) }
}

/// T29: the notice has hung as long as the item says.
fn hung_long_enough(ground: &Ground<'_>) -> Result<(), String> {
    let Ground { folded, item, calendar, on, .. } = ground;
    let (Some(hung), Some(wanted)) = (&folded.public_notice, &item.public_notice) else { return Ok(()) };
    let end = deadlines::public_notice_end(hung.start, wanted, calendar).date;
    if *on <= end {
        return Err(format!(
            "公示要到 {} 才满 {} 个{}，次日起可以结束。",
            says_full_day(end),
            wanted.days,
            wanted.unit
        ));
    }
    Ok(())
}

/// T30: the lead asks each organ once, and says how long it has.
fn organ_not_asked_yet(said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    needs(&said.organ, "分送要写明送给哪个部门（organ）。")?;
    if ground.folded.asked.iter().any(|asked| asked.waits_for(&said.organ)) {
        return Err(format!("已经分送“{}”，还在等它回复。", said.organ));
    }
    Ok(())
}

/// T30: an organ's silence counts as consent only beyond the limit or by absence, with evidence. It is an opinion inside
/// the house; the decision itself is never made by silence.
fn silence_shown(said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    needs(&said.evidence, "视为同意要写明证据：签收的分送单，或缺席记录（evidence）。")?;
    if said.ground == "absence" {
        return Ok(());
    }
    let asked = ground.folded.asked.iter().find(|asked| asked.waits_for(&said.organ));
    let end = asked.map(|asked| deadlines::opinion_due(asked, ground.calendar, ground.settings).date);
    match end.filter(|end| ground.on <= *end) {
        Some(end) => Err(format!("“{}”的期限到 {}，还没有过。", said.organ, says_full_day(end))),
        None => Ok(()),
    }
}

/// T23: the agent collects a result only with the resident's mandate to do so.
fn collected_by_the_agent(said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    if said.method != "代办员转交" {
        return Ok(());
    }
    // A mandate on paper alone says no more than that there is one.
    let on_paper = ground.item.material("PROXY").is_some() && !ground.missing.contains(&"PROXY");
    if ground.entrustment.is_none() && on_paper {
        return Ok(());
    }
    let given = ground.entrustment.ok_or(Gap::Missing);
    given
        .and_then(|given| given.carries(Power::Collect, ground.on))
        .map_err(|gap| format!("不能由代办员领取：{gap}也可以换一种送达方式。"))
}

/// T31: only where the item has an emergency route.
fn has_emergency_route(ground: &Ground<'_>) -> Result<(), String> {
    if ground.item.emergency_route.is_some() {
        Ok(())
    } else {
        Err("这个事项没有急难先行的程序。".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        DeviceId, EventId, Hlc, Instant, RULES_VERSION,
        calendar::tests::published,
        case::{
            Event, State,
            event::{LegalDate, rank},
            fold,
        },
        item::tests::catalogue_item,
    };
    use jiff::civil::date;
    use serde_json::{Value, json};

    const TOWNSHIP: &str = "621099100000";

    /// A case that came in at the township's window, one act after the other.
    struct Story {
        item: &'static Item,
        events: Vec<Event>,
        missing: Vec<&'static str>,
        people: usize,
        staff: Option<Staff>,
        on_behalf_of: Option<PersonId>,
        settings: CountySettings,
    }

    impl Story {
        fn of(item: &str) -> Self {
            Self {
                item: catalogue_item(item),
                events: Vec::new(),
                missing: Vec::new(),
                people: 5,
                staff: None,
                on_behalf_of: None,
                settings: CountySettings::default(),
            }
        }

        fn setting(&self) -> Setting<'static> {
            Setting { item: self.item, window: true, unit: TOWNSHIP.parse().unwrap() }
        }

        fn folded(&self) -> Folded {
            fold(&self.events, &self.setting())
        }

        /// An act by somebody who holds all roles of a township.
        fn act(&mut self, event: &str, on: &str, says: Value) -> Result<&mut Self, String> {
            self.act_by(1, Role::working(Level::Township), event, on, says)
        }

        fn act_by(
            &mut self,
            person: u8,
            roles: &[Role],
            event: &str,
            on: &str,
            says: Value,
        ) -> Result<&mut Self, String> {
            let on: Date = on.parse().unwrap();
            let unit: UnitCode = TOWNSHIP.parse().unwrap();
            let said: Said = serde_json::from_value(says.clone()).unwrap();
            let (folded, calendar) = (self.folded(), published());
            let (_, role) = allowed(&folded, event, &said, roles, unit.level(), &self.setting())
                .map_err(|refusal| refusal.to_string())?;
            let person = PersonId([person; 8]);
            let ground = Ground {
                folded: &folded,
                item: self.item,
                calendar: &calendar,
                settings: &self.settings,
                on,
                today: on.max(date(2027, 1, 1)),
                person,
                on_behalf_of: self.on_behalf_of,
                roles,
                role,
                staff: self.staff.as_ref(),
                entrustment: None,
                missing: &self.missing,
                people: self.people,
            };
            ready(event, &said, &ground)?;
            let n = self.events.len() as u8 + 1;
            self.events.push(Event {
                id: EventId([n; 8]),
                kind: event.to_owned(),
                after: self.events.last().map(|last| last.id).into_iter().collect(),
                rank: rank::ORGAN,
                hlc: Hlc(u64::from(n)),
                at: Instant(0),
                on: LegalDate(on),
                person,
                role: role.as_str().to_owned(),
                unit,
                device: DeviceId([1; 8]),
                rules_version: RULES_VERSION,
                item_version: 1,
                paper: None,
                payload: says.to_string(),
            });
            let placed = self.folded();
            assert!(placed.placed.iter().all(|placed| placed.contested.is_none()), "what is ready counts");
            Ok(self)
        }

        fn refused(&mut self, event: &str, on: &str, says: Value) -> String {
            self.act(event, on, says).err().unwrap()
        }

        fn due(&self, clock: ClockName) -> Option<(Date, bool)> {
            let all =
                deadlines::deadlines(&self.folded(), self.item, &published(), &CountySettings::default());
            all.iter().find(|one| one.clock == clock).map(|one| (one.due.date, one.running))
        }
    }

    fn none() -> Value {
        json!({})
    }

    #[test]
    fn one_notice_a_second_is_the_heads_and_a_late_one_nobodys() {
        let mut story = Story::of("I002");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        story.act("oneTimeNotice", "2026-05-08", json!({"limitDays": 7})).unwrap();
        assert_eq!(story.due(ClockName::Supplement), Some((date(2026, 5, 18), true)));
        assert!(
            story
                .refused("supplementExpired", "2026-05-18", json!({"contacts": ["5月15日电话"]}))
                .contains("还没有过")
        );
        story.act("supplement", "2026-05-12", none()).unwrap();
        let intake = [Role::Intake];
        let refused = story.act_by(1, &intake, "oneTimeNotice", "2026-05-13", none()).err().unwrap();
        assert!(refused.contains("中心主任"), "{refused}");
        assert!(story.refused("oneTimeNotice", "2026-05-13", none()).contains("理由"));
        story.act("oneTimeNotice", "2026-05-13", json!({"reason": "新发现户口不在本乡镇"})).unwrap();
        assert_eq!(story.folded().notices, 2);
        assert_eq!(story.events.last().unwrap().role, "CENTRE_HEAD");
        story.act("supplement", "2026-05-14", none()).unwrap();
        assert!(story.refused("oneTimeNotice", "2026-05-22", none()).contains("视同受理"));
        story.act("accept", "2026-05-22", none()).unwrap();
        let promise = story.due(ClockName::Promise).unwrap();
        assert_eq!(
            promise,
            (date(2026, 5, 28), true),
            "ten days from the receipt on the 14th, not from the late acceptance"
        );
    }

    #[test]
    fn what_is_missing_can_be_owed_where_the_item_allows_it_and_holds_the_result_back() {
        let mut story = Story::of("I018");
        let owed: Vec<&str> = story
            .item
            .materials
            .iter()
            .filter(|m| m.tolerable || m.necessity == "3")
            .map(|m| m.material_code.as_str())
            .collect();
        story.missing = owed.clone();
        story.act("directReceive", "2026-05-06", none()).unwrap();
        assert!(story.refused("tolerantAccept", "2026-05-07", none()).contains("owed"));
        assert!(story.refused("tolerantAccept", "2026-05-07", json!({"owed": owed})).contains("签字"));
        let necessary =
            &story.item.materials.iter().find(|m| m.required() && !m.tolerable).unwrap().material_code;
        assert!(
            story
                .refused("tolerantAccept", "2026-05-07", json!({"owed": [necessary], "signed": true}))
                .contains("不是可以容缺")
        );
        story.act("tolerantAccept", "2026-05-07", json!({"owed": owed, "signed": true})).unwrap();
        assert_eq!(story.due(ClockName::Tolerance), Some((date(2026, 5, 13), true)));
        story.act("startReview", "2026-05-07", none()).unwrap();
        story.act("publicNoticeStart", "2026-05-08", none()).unwrap();
        assert!(story.refused("publicNoticeEnd", "2026-05-15", none()).contains("才满"));
        story.act("publicNoticeEnd", "2026-05-18", none()).unwrap();
        story.act("propose", "2026-05-18", none()).unwrap();
        assert!(
            story
                .act_by(2, &[Role::Approver], "approve", "2026-05-18", none())
                .err()
                .unwrap()
                .contains("还没有补齐")
        );
        assert!(story.refused("tolerantDone", "2026-05-18", none()).contains("还欠"));
        story.missing.clear();
        story.act("tolerantDone", "2026-05-18", none()).unwrap();
        assert!(!story.due(ClockName::Tolerance).unwrap().1);
        assert!(story.refused("approve", "2026-05-18", none()).contains("两个人"));
        story.act_by(2, &[Role::Approver], "approve", "2026-05-18", none()).unwrap();
    }

    #[test]
    fn an_objection_to_a_public_notice_asks_for_another() {
        let mut story = Story::of("I016");
        story.act("directReceive", "2026-03-02", none()).unwrap();
        story.act("accept", "2026-03-02", none()).unwrap();
        story.act("startReview", "2026-03-03", none()).unwrap();
        assert!(story.refused("propose", "2026-03-04", none()).contains("先公示"));
        assert!(story.refused("publicNoticeEnd", "2026-03-04", none()).contains("没有正在公示"));
        story.act("publicNoticeStart", "2026-03-04", none()).unwrap();
        assert!(story.refused("propose", "2026-03-05", none()).contains("还没有结束"));
        assert!(story.refused("publicNoticeObjection", "2026-03-06", none()).contains("内容"));
        story.act("publicNoticeObjection", "2026-03-06", json!({"reason": "家里有两辆车"})).unwrap();
        story.act("publicNoticeEnd", "2026-03-12", none()).unwrap();
        assert!(story.refused("propose", "2026-03-12", none()).contains("有异议"));
        story.act("publicNoticeStart", "2026-03-12", none()).unwrap();
        assert!(story.refused("publicNoticeEnd", "2026-03-19", none()).contains("次日"));
        story.act("publicNoticeEnd", "2026-03-20", none()).unwrap();
        story.act("propose", "2026-03-20", none()).unwrap();
    }

    #[test]
    fn a_special_procedure_is_told_and_stops_the_clock_once() {
        let mut story = Story::of("I034");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        story.act("accept", "2026-05-06", none()).unwrap();
        story.act("startReview", "2026-05-06", none()).unwrap();
        let due = story.due(ClockName::Statutory).unwrap().0;
        assert!(story.refused("resume", "2026-05-07", none()).contains("没有停"));
        assert!(story.refused("pause", "2026-05-11", json!({"procedure": "现场勘查"})).contains("依据"));
        let survey =
            json!({"procedure": "现场勘查", "basis": "许可法第四十五条", "expectedDays": 3, "told": true});
        story.act_by(1, &[Role::Reviewer], "pause", "2026-05-11", survey.clone()).unwrap();
        assert!(!story.due(ClockName::Statutory).unwrap().1);
        assert!(story.refused("pause", "2026-05-12", survey.clone()).contains("已经停着"));
        story.act("resume", "2026-05-14", none()).unwrap();
        let moved = story.due(ClockName::Statutory).unwrap();
        assert!(moved.1 && moved.0 > due, "three working days later");
        assert!(
            story
                .act_by(1, &[Role::Reviewer], "pause", "2026-05-18", survey.clone())
                .err()
                .unwrap()
                .contains("中心主任")
        );
        let long =
            json!({"procedure": "听证", "basis": "许可法第四十五条", "expectedDays": 20, "told": true});
        let mut other = Story::of("I034");
        other.act("directReceive", "2026-05-06", none()).unwrap();
        other.act("accept", "2026-05-06", none()).unwrap();
        other.act("startReview", "2026-05-06", none()).unwrap();
        let refused = other.act_by(1, &[Role::Reviewer], "pause", "2026-05-18", long.clone()).err().unwrap();
        assert!(refused.contains("超过 10 个"), "{refused}");
        other.act("pause", "2026-05-18", long).unwrap();
    }

    #[test]
    fn an_extension_comes_once_in_time_and_within_its_limit() {
        let mut story = Story::of("I034");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        story.act("accept", "2026-05-06", none()).unwrap();
        let (due, _) = story.due(ClockName::Promise).unwrap();
        assert!(story.refused("extend", "2026-05-07", json!({"days": 5})).contains("理由"));
        assert!(
            story.refused("extend", "2026-05-07", json!({"days": 50, "reason": "专家评审"})).contains("最多")
        );
        let late = due.tomorrow().unwrap().to_string();
        assert!(
            story.refused("extend", &late, json!({"days": 5, "reason": "专家评审"})).contains("已经过了")
        );
        story.act("extend", "2026-05-07", json!({"days": 5, "reason": "专家评审"})).unwrap();
        assert!(story.due(ClockName::Promise).unwrap().0 > due);
        assert!(
            story.refused("extend", "2026-05-08", json!({"days": 1, "reason": "专家评审"})).contains("一次")
        );
    }

    #[test]
    fn organs_asked_together_answer_or_are_silent_with_evidence() {
        let mut story = Story::of("I029");
        story.act("directReceive", "2026-09-01", none()).unwrap();
        story.act("accept", "2026-09-01", none()).unwrap();
        story.act("startReview", "2026-09-01", none()).unwrap();
        for organ in ["自然资源所", "林业站"] {
            story.act("jointDispatch", "2026-09-02", json!({"organ": organ, "limitDays": 3})).unwrap();
        }
        assert!(
            story.refused("jointDispatch", "2026-09-02", json!({"organ": "林业站"})).contains("已经分送")
        );
        assert!(
            story
                .refused("jointOpinion", "2026-09-03", json!({"organ": "水利站", "opinion": "同意"}))
                .contains("没有等着")
        );
        story.act("jointOpinion", "2026-09-03", json!({"organ": "自然资源所", "opinion": "同意"})).unwrap();
        assert!(story.refused("propose", "2026-09-04", none()).contains("林业站"));
        let silence = json!({"organ": "林业站", "evidence": "9月2日签收的分送单", "ground": "timeout"});
        story.act("jointOpinion", "2026-09-08", json!({"organ": "林业站", "opinion": "同意"})).unwrap();
        story.act("propose", "2026-09-08", none()).unwrap();

        let mut benefit = Story::of("I022");
        benefit.act("directReceive", "2026-09-01", none()).unwrap();
        benefit.act("accept", "2026-09-01", none()).unwrap();
        benefit.act("startReview", "2026-09-01", none()).unwrap();
        benefit.act("jointDispatch", "2026-09-02", json!({"organ": "林业站", "limitDays": 3})).unwrap();
        assert!(benefit.refused("jointTacit", "2026-09-07", silence.clone()).contains("还没有过"));
        assert!(benefit.refused("jointTacit", "2026-09-08", json!({"organ": "林业站"})).contains("证据"));
        benefit.act("jointTacit", "2026-09-08", silence).unwrap();
        assert!(benefit.folded().asked[0].answer.as_ref().unwrap().tacit);
    }

    #[test]
    fn a_licence_is_not_refused_at_the_counter_for_its_merits() {
        let mut story = Story::of("I034");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        let merits = json!({"reason": "不符合条件"});
        assert!(
            story
                .act_by(1, &[Role::Intake], "refuse", "2026-05-07", merits.clone())
                .err()
                .unwrap()
                .contains("审批人")
        );
        assert!(story.refused("refuse", "2026-05-07", merits.clone()).contains("依法不需要许可"));
        story
            .act("refuse", "2026-05-07", json!({"ground": "不属本机关职权", "reason": "归县自然资源局"}))
            .unwrap();
        let mut service = Story::of("I002");
        service.act("directReceive", "2026-05-06", none()).unwrap();
        assert!(service.refused("refuse", "2026-05-07", none()).contains("理由"));
        service.act("refuse", "2026-05-07", merits).unwrap();
        assert_eq!(service.folded().state, State::NotAccepted);
    }

    #[test]
    fn a_new_agent_is_named() {
        let mut story = Story::of("I002");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        assert_eq!(story.folded().agent, None, "a case of the window's is nobody's in a village");
        assert!(story.refused("changeAgent", "2026-05-07", json!({"agent": "赵敏"})).contains("编号"));
        let new = PersonId([7; 8]);
        story.act("changeAgent", "2026-05-07", json!({ "agent": new })).unwrap();
        assert_eq!(story.folded().agent, Some(new));
    }

    #[test]
    fn nobody_approves_their_own_proposal_through_a_substitute() {
        let mut story = Story::of("I034");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        story.act("accept", "2026-05-06", none()).unwrap();
        story.act("startReview", "2026-05-06", none()).unwrap();
        story.act("propose", "2026-05-07", none()).unwrap();
        story.on_behalf_of = Some(PersonId([1; 8]));
        let refused = story.act_by(2, &[Role::Approver], "approve", "2026-05-07", none()).err().unwrap();
        assert!(refused.contains("两个人"), "{refused}");
        story.on_behalf_of = Some(PersonId([3; 8]));
        story.act_by(2, &[Role::Approver], "approve", "2026-05-07", none()).unwrap();
    }

    #[test]
    fn a_licence_waits_for_somebody_qualified_where_the_county_says_so() {
        let mut story = Story::of("I034");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        story.act("accept", "2026-05-06", none()).unwrap();
        story.act("startReview", "2026-05-06", none()).unwrap();
        story.settings = CountySettings::of([(date(2026, 5, 7), "licenceStaffStrict", 1)]);
        assert!(story.refused("propose", "2026-05-07", none()).contains("还没有登记岗位信息"));
        let known = Staff {
            staff_type: Some(staff::StaffType::Established),
            law_enforcement_cert_no: "62109900001".to_owned(),
            ..Staff::new(PersonId([1; 8]))
        };
        story.staff = Some(Staff { staff_type: Some(staff::StaffType::Contract), ..known.clone() });
        assert!(story.refused("propose", "2026-05-07", none()).contains("聘用"));
        story.staff = Some(known);
        story.act("propose", "2026-05-07", none()).unwrap();

        let mut service = Story::of("I002");
        service.settings = story.settings.clone();
        service.act("directReceive", "2026-05-06", none()).unwrap();
        service.act("accept", "2026-05-07", none()).unwrap();
        service.act("startReview", "2026-05-07", none()).unwrap();
        service.act("propose", "2026-05-08", none()).unwrap();
    }

    #[test]
    fn a_case_from_above_comes_back_with_its_days() {
        let mut story = Story::of("I024");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        story.act("accept", "2026-05-06", none()).unwrap();
        story.act("startReview", "2026-05-07", none()).unwrap();
        let (due, _) = story.due(ClockName::Promise).unwrap();
        assert!(story.refused("forward", "2026-05-08", none()).contains("意见"));
        story.act("forward", "2026-05-08", json!({"opinion": "建议给予"})).unwrap();
        assert!(!story.due(ClockName::Promise).unwrap().1 && story.due(ClockName::Upper).unwrap().1);
        story.act("upperResult", "2026-05-15", none()).unwrap();
        let back = story.due(ClockName::Promise).unwrap();
        assert!(back.1 && back.0 > due, "the days above don't count");
    }

    #[test]
    fn silence_binds_the_organ_and_leaves_a_way_on() {
        let mut story = Story::of("I002");
        story.missing = vec!["ID"];
        story.act("directReceive", "2026-05-06", none()).unwrap();
        assert!(story.refused("accept", "2026-05-12", none()).contains("居民身份证"), "the fifth day");
        for event in ["oneTimeNotice", "refuse"] {
            assert!(story.refused(event, "2026-05-13", json!({"reason": "材料不齐"})).contains("视同受理"));
        }
        let day = date(2026, 5, 13);
        let (item, calendar, county) = (story.item, published(), CountySettings::default());
        let seen = deadlines::deadlines_as_of(&story.folded(), item, &calendar, &county, day);
        let running: Vec<(ClockName, Date)> =
            seen.iter().filter(|one| one.running).map(|one| (one.clock, one.due.date)).collect();
        assert_eq!(running, [(ClockName::Promise, date(2026, 5, 19))], "ten days from the receipt");
        story.act("accept", "2026-05-13", none()).unwrap();
        assert_eq!(
            deadlines::accepted_from(&story.folded(), item, &calendar, &county),
            Some(date(2026, 5, 6))
        );
        // A county that promises an answer in three days has not shortened the law's five.
        let prompt = CountySettings::of([(date(2026, 1, 1), "noticeDays", 3)]);
        let mut other = Story::of("I034");
        other.act("directReceive", "2026-05-06", none()).unwrap();
        let silent = |day| deadlines::deemed_accepted(&other.folded(), other.item, &calendar, &prompt, day);
        assert!(!silent(date(2026, 5, 12)) && silent(date(2026, 5, 13)));
    }

    #[test]
    fn a_clock_that_stands_is_started_before_anything_is_decided() {
        let mut story = Story::of("I034");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        story.act("accept", "2026-05-06", none()).unwrap();
        story.act("startReview", "2026-05-06", none()).unwrap();
        story.act("forward", "2026-05-07", json!({"opinion": "请审"})).unwrap();
        story.act("upperResult", "2026-05-08", none()).unwrap();
        let survey =
            json!({"procedure": "现场勘查", "basis": "许可法第四十五条", "expectedDays": 3, "told": true});
        story.act_by(1, &[Role::Reviewer], "pause", "2026-05-11", survey).unwrap();
        for (event, says) in [
            ("propose", none()),
            ("forward", json!({"opinion": "请审"})),
            ("extend", json!({"days": 1, "reason": "评审"})),
        ] {
            assert!(story.refused(event, "2026-05-12", says).contains("先恢复"), "{event}");
        }
        assert!(story.refused("resume", "2026-05-08", none()).contains("不能早于"));
        story.act("resume", "2026-05-14", none()).unwrap();
        story.act("propose", "2026-05-14", none()).unwrap();
        assert!(
            story.refused("approve", "2026-05-13", none()).contains("不能早于"),
            "not before the proposal"
        );
    }

    #[test]
    fn a_case_without_a_result_is_not_reopened_and_a_walk_in_not_sent_to_a_village() {
        let mut story = Story::of("I002");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        assert!(
            story.refused("returnToVillage", "2026-05-06", json!({"reason": "填错"})).contains("没有代办点")
        );
        story.act("refuse", "2026-05-07", json!({"reason": "不归本镇"})).unwrap();
        story.act("deliver", "2026-05-08", none()).unwrap();
        assert!(story.refused("reopen", "2026-05-09", json!({"reason": "弄错了"})).contains("没有办结"));
    }

    #[test]
    fn urgent_relief_goes_before_its_papers() {
        let mut story = Story::of("I018");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        assert!(story.refused("urgentRelief", "2026-05-06", none()).contains("急在哪里"));
        story.act("urgentRelief", "2026-05-06", json!({"reason": "火灾，无处居住"})).unwrap();
        assert_eq!(story.folded().state, State::Approved);
        assert_eq!(story.due(ClockName::MakeUp), Some((date(2026, 5, 12), true)));
        for event in ["close", "deliver", "archive"] {
            story.act(event, "2026-05-13", none()).unwrap();
        }
        assert!(!story.due(ClockName::MakeUp).unwrap().1, "the file is complete");
        let mut other = Story::of("I002");
        other.act("directReceive", "2026-05-06", none()).unwrap();
        assert!(other.refused("urgentRelief", "2026-05-06", json!({"reason": "急"})).contains("没有急难"));
    }

    #[test]
    fn nothing_is_dated_before_what_it_follows() {
        let mut story = Story::of("I002");
        story.act("directReceive", "2026-05-06", none()).unwrap();
        assert!(story.refused("accept", "2026-05-05", none()).contains("不能早于"));
        story.missing = vec!["ID"];
        assert!(story.refused("accept", "2026-05-06", none()).contains("居民身份证"));
    }
}
