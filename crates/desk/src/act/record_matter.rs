use crate::{Desk, Trouble, ask, warnings};
use daiban_contract::{
    Code,
    act::RecordMatter,
    view::{RecordedMatter, Warning},
};
use daiban_domain::{
    Instant, UnitCode, check,
    matter::{Act, Matter, Owner, fold, matter_number, term},
};
use daiban_exchange::Partition;
use daiban_replica::{
    ReplicaError,
    document::{Writing, kind},
    matter::fill,
    public::{calendar, county_setting, enrolment},
    today,
};

impl Desk {
    pub fn record_matter(&self, request: RecordMatter, now: Instant) -> Result<RecordedMatter, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let (matter, warnings) = taken_down(writing, &request, now)?;
                if let Some(lacking) = matter.lacking() {
                    return Err(Trouble::new(Code::BadInput, lacking));
                }
                take_down(writing, &matter, warnings)
            })
        })
    }
}

/// Numbers a matter and keeps it.
pub(super) fn take_down(
    writing: &mut Writing<'_>,
    matter: &Matter,
    warnings: Vec<Warning>,
) -> Result<RecordedMatter, Trouble> {
    let (at, on) = (writing.identity().unit, matter.asked_on);
    let serial = writing.next_serial(&format!("matter/{on}"))?;
    let matter_no = matter_number(matter.kind, at, on, &writing.identity().tag, serial);
    let partition = Partition::work(matter.unit, on.year());
    writing.create(partition, kind::MATTER, |edit| {
        fill(edit, &matter_no, matter);
        Ok::<_, ReplicaError>(())
    })?;
    let (calendar, settings) = (calendar::load(writing.db())?, county_setting::load(writing.db())?);
    let term = term(matter, &fold(&[], matter), &calendar, &settings);
    Ok(RecordedMatter { matter_no, due: term.due.date, why: term.why, warnings })
}

/// The matter as it will stand, and what is doubtful about it.
fn taken_down(
    writing: &Writing<'_>,
    request: &RecordMatter,
    now: Instant,
) -> Result<(Matter, Vec<Warning>), Trouble> {
    let (db, identity) = (writing.db(), writing.identity());
    // Whoever may answer may be asked.
    if let Some(answer) = Act::find("answer") {
        answer.role(&enrolment::roles(db, identity.person)?)?;
    }
    let unit = concerned(writing, request.unit)?;
    let mut warnings = Vec::new();
    let mut passed =
        |path: &str, text: &str, check: fn(&str) -> _| warnings::normalised(&mut warnings, path, text, check);
    let matter = Matter {
        kind: request.kind,
        channel: request.channel,
        ticket_no: request.ticket_no.trim().to_owned(),
        asker_name: passed("askerName", &request.asker_name, check::name),
        asker_phone: passed("askerPhone", &request.asker_phone, check::mobile),
        text: request.text.trim().to_owned(),
        case_no: request.case_no.as_deref().unwrap_or_default().trim().to_owned(),
        on_the_spot: request.on_the_spot,
        agreed_on: request.agreed_on.filter(|_| request.kind.by_agreement()),
        limit_days: request.limit_days,
        asked_on: today(db, now)?,
        unit,
        first: Owner { unit: identity.unit, person: Some(identity.person) },
        rated: None,
    };
    if !matter.case_no.is_empty() {
        ask::open(db, &matter.case_no)?;
    }
    Ok((matter, warnings))
}

/// The unit that a matter concerns.
fn concerned(writing: &Writing<'_>, asked: Option<UnitCode>) -> Result<UnitCode, Trouble> {
    let own = writing.identity().unit;
    let Some(unit) = asked else { return Ok(own) };
    ask::known_unit(writing.db(), unit)?;
    if own.covers(unit) {
        Ok(unit)
    } else {
        let message = "只能登记本单位和下属单位的来访事项。请转告那个单位，由他们登记。";
        Err(Trouble::new(Code::NotAllowed, message))
    }
}
