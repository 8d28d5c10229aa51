//! What must have been said and brought, and which day it must be.

use super::fits::paused;
use crate::{
    PersonId, Role,
    calendar::WorkCalendar,
    case::{
        CountySettings, Folded, Said,
        clock::ClockName,
        deadlines,
        entrustment::{Entrustment, Gap, Power},
        joint::ABSENCE,
        replaced::{COMMIT, SHARE, VERIFY},
    },
    deadline::{Due, says_full_day},
    item::{Item, field::Doubt},
    staff::{self, Staff},
};
use jiff::civil::Date;

/// Grounds on which acceptance of a licence may be refused (行政许可法 §32(一)(二)).
pub const LICENCE_REFUSALS: [&str; 2] = ["依法不需要许可", "不属本机关职权"];

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
    /// What keeps the form from being complete and right.
    pub gaps: &'a [Doubt],
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
        "accept" => materials_complete(ground).and_then(|()| form_complete(ground)),
        "propose" | "forward" | "approve" | "reject" | "extend" if paused(ground.folded) => {
            Err("计时停着。先恢复计时，再办这一步。".to_owned())
        }
        "tolerantAccept" => tolerance_allowed(ground)
            .and_then(|()| materials_complete(ground))
            .and_then(|()| form_complete(ground)),
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
        "tolerantAccept" => creditworthy(said).and(promised_what_may_be_owed(said, ground)),
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
        "jointMeeting" => minutes_told(said, ground),
        COMMIT => committed(said),
        SHARE => {
            needs(&said.source, "共享取得要写明从哪里来：哪个部门的数据，或哪一件办过的事。").and(named(said))
        }
        VERIFY => verified(said),
        "reportEnd" => needs(&said.reason, "报告应停发要写明原因，比如什么时候去世。"),
        "stopBenefit" => needs(&said.reason, "停发要写明原因。"),
        "keepBenefit" => needs(&said.reason, "继续发放要写明核实的情况。"),
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

/// T09: what has to be filled in is, and nothing is wrong with it. It is the window's to ask and to put right.
fn form_complete(ground: &Ground<'_>) -> Result<(), String> {
    let (missing, wrong): (Vec<&Doubt>, Vec<&Doubt>) =
        ground.gaps.iter().partition(|gap| gap.fault.code == "missing");
    if !missing.is_empty() {
        let labels: Vec<&str> = missing.iter().map(|gap| gap.label.as_str()).collect();
        return Err(format!("还没有填“{}”，不能受理。请问清补填。", labels.join("”“")));
    }
    match wrong.first() {
        Some(gap) => Err(format!("“{}”填得不对，不能受理：{}", gap.label, gap.fault.message)),
        None => Ok(()),
    }
}

/// T12: the item allows it.
fn tolerance_allowed(ground: &Ground<'_>) -> Result<(), String> {
    if ground.item.tolerance_allowed { Ok(()) } else { Err("这个事项不能容缺受理。".to_owned()) }
}

fn named(said: &Said) -> Result<(), String> {
    if said.replaces.is_empty() {
        Err("要写明代替的是哪几样材料（replaces）。".to_owned())
    } else {
        Ok(())
    }
}

/// A commitment is signed, and not open to those whose word has been broken (信用记录).
fn committed(said: &Said) -> Result<(), String> {
    named(said).and(creditworthy(said))?;
    if said.signed {
        Ok(())
    } else {
        Err("告知承诺要申请人先在承诺书上签字（signed）。".to_owned())
    }
}

fn creditworthy(said: &Said) -> Result<(), String> {
    if said.bad_credit {
        Err("申请人有失信记录，不能容缺受理，也不能告知承诺。".to_owned())
    } else {
        Ok(())
    }
}

/// What a commitment says is verified afterwards, and what was found is told.
fn verified(said: &Said) -> Result<(), String> {
    needs(&said.reason, "核查承诺要写明怎么核查、查到什么（reason）。")?;
    if said.holds.is_some() {
        Ok(())
    } else {
        Err("核查承诺要写明属实不属实（holds）。".to_owned())
    }
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
    if ground.item.licence() && !LICENCE_REFUSALS.contains(&said.ground.as_str()) {
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
    match ground.folded.joint.waiting() {
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
    let separate = separated(ground.item);
    let alone = ground.people < usize::from(ground.settings.on(ground.on).separation_from);
    let proposed = |person| ground.folded.proposer == Some(person);
    if separate && !alone && (proposed(ground.person) || ground.on_behalf_of.is_some_and(proposed)) {
        return Err("拟办和审批要由两个人来做。请换一位审批人。".to_owned());
    }
    Ok(())
}

/// Whether proposal and decision are two persons' (DOMAIN §2.3: licences and benefits).
pub fn separated(item: &Item) -> bool {
    matches!(item.type_code.as_str(), "01" | "05")
}

/// Whether an act in this role is one of deciding on a licence.
pub fn decides_on_licence(item: &Item, role: Role) -> bool {
    item.licence() && matches!(role, Role::Reviewer | Role::Approver)
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
    if ground.folded.joint.waiting_for(&said.organ).is_some() {
        return Err(format!("已经分送“{}”，还在等它回复。", said.organ));
    }
    Ok(())
}

/// T30: an organ's silence counts as consent only beyond the limit or by absence, with evidence. It is an opinion inside
/// the house; the decision itself is never made by silence.
fn silence_shown(said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    needs(&said.evidence, "视为同意要写明证据：签收的分送单，或缺席记录（evidence）。")?;
    if said.ground == ABSENCE {
        return match ground.folded.joint.stayed_away(&said.organ) {
            Some(_) => Ok(()),
            None => Err(format!("会议纪要里没有记“{}”缺席。先记联席会议纪要，再记视为同意。", said.organ)),
        };
    }
    let asked = ground.folded.joint.waiting_for(&said.organ);
    let end = asked.map(|asked| deadlines::opinion_due(asked, ground.calendar, ground.settings).date);
    match end.filter(|end| ground.on <= *end) {
        Some(end) => Err(format!("“{}”的期限到 {}，还没有过。", said.organ, says_full_day(end))),
        None => Ok(()),
    }
}

/// T30: minutes say who came, who stayed away, and what was found; nobody did both, and all had been asked.
fn minutes_told(said: &Said, ground: &Ground<'_>) -> Result<(), String> {
    needs(&said.minutes, "会议纪要要写明议定了什么（minutes）。")?;
    if said.present.is_empty() {
        return Err("会议纪要要写明到会的部门（present）。".to_owned());
    }
    if let Some(both) = said.absent.iter().find(|organ| said.present.contains(organ)) {
        return Err(format!("“{both}”不能又到会又缺席。"));
    }
    let asked = |organ: &&String| ground.folded.joint.asked.iter().any(|asked| asked.organ == **organ);
    match said.absent.iter().find(|organ| !asked(organ)) {
        Some(organ) => Err(format!("“{organ}”没有被分送过，不能记缺席。")),
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
