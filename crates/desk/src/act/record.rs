use super::same_person::elsewhere;
use crate::{
    Desk, Trouble, applicant,
    ask::{items::unknown_item, unknown_resident},
    capacity::Capacities,
    event::{self, Saying},
    warnings::{self, warning},
};
use daiban_contract::{
    Code,
    act::{Channel, Record},
    view::{Applicant, Recorded, Warning},
};
use daiban_domain::{
    DocumentId, Instant, Level, Role, UnitCode,
    case::{
        State,
        duplicate::Duplicate,
        fold,
        number::{self, case_number},
        transition::{self, Setting},
    },
    deadline::says_full_day,
    item::{Item, ReceiptPoint, VillageMode, field::Form},
    resident::{Likeness, Resident, likeness},
};
use daiban_exchange::Partition;
use daiban_replica::{
    ReplicaError,
    case::{self, CaseRecord},
    document::{Edit, Writing, kind},
    public::{item, office, unit},
    resident::{self, Entry},
    today, unfinished,
};
use jiff::civil::Date;
use rusqlite::Connection;
use serde_json::{Map, Value};

impl Desk {
    pub fn record(&self, request: Record, now: Instant) -> Result<Recorded, Trouble> {
        self.with(|replica| replica.commit(now, |writing| record(writing, &request, None)))
    }
}

/// Records one request in the open transaction. `together` is what it has in common with others of the same event.
pub(super) fn record(
    writing: &mut Writing<'_>,
    request: &Record,
    together: Option<&str>,
) -> Result<Recorded, Trouble> {
    let (unit, on) = (writing.identity().unit, today(writing.db(), writing.now())?);
    takes_new_cases(writing.db(), unit, on)?;
    let item = item::in_force(writing.db(), &request.item_id, on)?.ok_or_else(unknown_item)?;
    let channel = channel(request.channel, unit.level())?;
    let setting = Setting { item: &item, window: channel == Channel::Window, unit };
    let kind = first_event(&item, channel);
    let capacities = Capacities::of(writing.db(), writing.identity().person, &item.item_id, (on, on))?;
    let may = |roles: &[Role]| transition::find(State::Draft, kind, roles, unit.level(), &setting);
    let (capacity, (_, role)) = capacities.choose(may)?;
    let mut payload = Map::new();
    capacity.sign(&mut payload);
    let applicant = match request.resident {
        Some(id) => applicant::unmasked(request.applicant.clone(), &registered_as(writing.db(), id)?),
        None => request.applicant.clone(),
    };
    let applicant = applicant::normalised(applicant, on);
    let spot = request.spot.as_deref().map(str::trim).filter(|spot| !spot.is_empty());
    let spot = spot.map(|spot| open_spot(writing.db(), unit, spot, on)).transpose()?;
    let goes_on_from = request.goes_on_from.as_deref().map(transferred).transpose()?;
    let serial = writing.next_serial(&format!("case/{on}"))?;
    let case_no = case_number(unit, on, &writing.identity().tag, serial);
    let mut warnings = Vec::new();
    let registered = if applicant.organisation() || applicant.id_no.is_empty() {
        None
    } else {
        warnings = elsewhere(writing.db(), unit, &applicant::resident(&applicant))?;
        let known = resident::of_number(writing.db(), unit, &applicant.id_no)?;
        registered(known, &applicant, &mut warnings)
    };
    let saying =
        Saying { kind, after: Vec::new(), role, on, item_version: item.version, paper: None, payload };
    let event = event::make(writing, saying)?;
    let form = Form::of(&item.fields);
    let partition = Partition::work(unit, on.year());
    let document = writing.create(partition, kind::CASE, |edit| {
        edit.put("caseNo", case_no.as_str());
        edit.put("unit", unit.to_string());
        edit.put("itemId", item.item_id.as_str());
        edit.put("itemVersion", i64::from(item.version));
        edit.put("channel", if channel == Channel::Window { "WINDOW" } else { "PROXY" });
        edit.put("registeredOn", on.to_string());
        if let Some(together) = together {
            edit.put("together", together);
        }
        if let Some(spot) = &spot {
            edit.put("spot", spot.as_str());
        }
        if let Some(from) = &goes_on_from {
            edit.put("goesOnFrom", from.as_str());
        }
        for (path, value) in applicant::fields(&applicant) {
            edit.put(path, value);
        }
        for (key, value) in &request.fields {
            match text_of(value).zip(form.asked(key)) {
                Some((text, asked)) => edit.put(&format!("fields.{key}"), asked.stored(&text, on)),
                _ => warnings.push(warning(
                    "unknown-field",
                    format!("fields.{key}"),
                    "这个事项的表里没有这一栏，没有记下。",
                )),
            }
        }
        for count in &request.materials {
            let code = &count.material_code;
            if item.material(code).is_none() {
                let message = "这个事项不收这种材料，没有记下。";
                warnings.push(warning("unknown-material", format!("materials.{code}"), message));
                continue;
            }
            edit.put(&format!("materials/{code}/originals"), i64::from(count.originals));
            edit.put(&format!("materials/{code}/copies"), i64::from(count.copies));
        }
        edit.event(&event)
    })?;
    if let Some(registered) = registered {
        keep_resident(writing, unit, &applicant, registered)?;
    }
    if let Some(id) = request.unfinished {
        unfinished::forget(writing, unfinished::Kind::Request, id)?;
    }
    let case = CaseRecord::read(writing.db(), &document)?.ok_or(ReplicaError::Column("case"))?;
    warnings.splice(0..0, duplicates(writing.db(), &case)?);
    let folded = fold(&case.events, &setting);
    warnings.splice(0..0, warnings::of(&case, &item, &folded, on));
    let state = if kind == "submit" { State::Registered } else { State::Received };
    Ok(Recorded { case_no, state, warnings })
}

/// What the register says of the entry that the applicant was taken from.
fn registered_as(db: &Connection, id: DocumentId) -> Result<Resident, Trouble> {
    Ok(resident::entry(db, id)?.ok_or_else(unknown_resident)?.resident)
}

/// A service spot of the unit that is open on a day.
fn open_spot(db: &Connection, unit: UnitCode, name: &str, on: Date) -> Result<String, Trouble> {
    let offices = office::of_unit(db, unit)?;
    match offices.into_iter().find(|office| office.name == name && office.open_on(on)) {
        Some(office) => Ok(office.name),
        None => Err(Trouble::new(Code::BadInput, "本单位没有这个服务点，或者已经撤了。请先登记服务点。")),
    }
}

/// The number of a case elsewhere: whether it is whole is all that can be told here.
fn transferred(case_no: &str) -> Result<String, Trouble> {
    let case_no = case_no.trim().to_ascii_uppercase();
    if number::check(&case_no) {
        return Ok(case_no);
    }
    Err(Trouble::new(Code::BadInput, "转来的办件编号不对，请对照转办告知单重新填。"))
}

/// A unit that has ended takes no new cases (DOMAIN §2.2); those that it has go on.
fn takes_new_cases(db: &Connection, code: UnitCode, on: Date) -> Result<(), Trouble> {
    let Some(own) = unit::find(db, code)? else { return Ok(()) };
    let message = match own.valid_to.filter(|_| own.ended(on)) {
        Some(end) => {
            let end = says_full_day(end);
            let heir = own.successor_code.map(|heir| unit::find(db, heir)).transpose()?.flatten();
            match heir {
                Some(heir) => format!(
                    "“{}”自 {end} 起撤销，并入“{}”，不再登记新办件。请到“{}”登记；原来的办件照常办理。",
                    own.short_name, heir.short_name, heir.short_name
                ),
                None => format!(
                    "“{}”自 {end} 起撤销，不再登记新办件。原来的办件照常办理；在哪里登记，请问县中心。",
                    own.short_name
                ),
            }
        }
        None if !own.begun(on) => {
            let from = own.valid_from.map(says_full_day).unwrap_or_default();
            format!("“{}”自 {from} 起才登记办件。", own.short_name)
        }
        None => return Ok(()),
    };
    Err(Trouble::new(Code::NotAllowed, message))
}

fn channel(asked: Option<Channel>, level: Level) -> Result<Channel, Trouble> {
    match (asked, level) {
        (None, Level::Village) => Ok(Channel::Proxy),
        (None, Level::Township) => Ok(Channel::Window),
        (Some(channel), Level::Village | Level::Township) => Ok(channel),
        (_, Level::County) => {
            Err(Trouble::new(Code::NotAllowed, "县中心不登记办件。请在村（社区）或乡镇的设备上登记。"))
        }
    }
}

/// A walk-in is received where it is recorded, and so is what the village receives by law or handles itself.
fn first_event(item: &Item, channel: Channel) -> &'static str {
    let here = channel == Channel::Window
        || item.receipt_point == ReceiptPoint::Village
        || item.village_mode == VillageMode::Direct;
    if here { "directReceive" } else { "submit" }
}

pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// The same person's cases that look like this request, the latest: shown, never refused.
fn duplicates(db: &Connection, case: &CaseRecord) -> Result<Vec<Warning>, ReplicaError> {
    const SHOWN: usize = 3;
    let mut warnings = Vec::new();
    for pair in case::duplicates_of(db, case)?.iter().rev().take(SHOWN) {
        let Some(other) = case::brief(db, pair.other)? else { continue };
        let there = format!("{}（{}）", other.case_no, other.state.zh());
        warnings.push(match pair.duplicate {
            Duplicate::Open => {
                let message = format!("这个人办这件事已经登记过一次：{there}。");
                warning("duplicate-case", "applicant.idNo", message)
            }
            Duplicate::Again => {
                let message = format!(
                    "这个人本年度已经申请过一次：{there}。同一事由一个自然年度只办一次，请核对事由。"
                );
                warning("once-a-year", "applicant.idNo", message)
            }
        });
    }
    Ok(warnings)
}

/// Which entry of the register the applicant is; `Some(None)` for a new one. `None` where the number is known under another
/// name: one of the two is wrong, and what is in the register stays.
fn registered(
    known: Vec<Entry>,
    applicant: &Applicant,
    warnings: &mut Vec<Warning>,
) -> Option<Option<Entry>> {
    let here = applicant::resident(applicant);
    let compared = |entry: &Entry| {
        likeness(&here, &Resident { id_type: here.id_type.clone(), ..entry.resident.clone() })
    };
    if known.iter().any(|entry| compared(entry) == Likeness::Contradiction) && !here.name.is_empty() {
        let message = "这个证件号码在居民登记里是另一个姓名，居民登记没有改。请对照证件，更正写错的一个。";
        warnings.push(warning("id-of-another", "applicant.idNo", message));
        return None;
    }
    let same = known.into_iter().find(|entry| here.name.is_empty() || compared(entry) == Likeness::Same);
    if same.as_ref().is_some_and(|entry| entry.resident.id_no != here.id_no) {
        let message = "这个孩子已经有了身份证号码，居民登记里有。请查一下，填正式的号码。";
        warnings.push(warning("number-known", "applicant.idNo", message));
    }
    Some(same)
}

/// One entry of the register, reused by every form.
fn keep_resident(
    writing: &mut Writing<'_>,
    unit: UnitCode,
    applicant: &Applicant,
    registered: Option<Entry>,
) -> Result<(), ReplicaError> {
    let mut told = applicant::resident(applicant);
    match registered {
        Some(entry) => {
            if entry.resident.id_no != told.id_no {
                // What it went by doesn't take the place of its number.
                told.id_no.clear();
            }
            let mut document = writing.load(entry.row)?;
            writing.edit(&mut document, |edit| {
                resident::put(edit, &told);
                Ok(())
            })
        }
        None => {
            let fill = |edit: &mut Edit<'_>| {
                resident::put(edit, &told);
                Ok(())
            };
            writing.create(Partition::register(unit), kind::RESIDENT, fill).map(drop)
        }
    }
}
