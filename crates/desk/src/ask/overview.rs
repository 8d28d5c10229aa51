//! What is late and who is silent: sums of cases rolled up along the units' codes, and what was last heard of their computers.

use super::cases::{known_unit, next_working_day};
use crate::{Desk, Trouble};
use daiban_contract::{
    ask,
    view::{OverviewView, UnitFigures},
};
use daiban_domain::{Instant, Level, Unit, UnitCode, pinyin};
use daiban_replica::{
    Replica, ReplicaError,
    case::{Standing, by_unit},
    public::{calendar, enrolment, unit},
    revocation, today,
};
use jiff::civil::Date;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// A unit from which nothing has come for so many days is silent.
const SILENT_FROM: u32 = 3;
/// More are found by typing.
const PAGE: usize = 300;

impl Desk {
    pub fn overview(&self, request: ask::Overview, now: Instant) -> Result<OverviewView, Trouble> {
        self.with(|replica| {
            let (db, own) = (replica.db(), replica.identity().unit);
            let top = request.unit.filter(|unit| own.covers(*unit)).unwrap_or(own);
            known_unit(db, top)?;
            let today = today(db, now)?;
            let soon_until = next_working_day(today, &*calendar::load(db)?);
            let units = unit::below(db, own)?;
            let mut standings = rolled_up(&units, by_unit(db, (today, soon_until))?);
            let heard = Heard::of(replica, own)?;
            let mut figures = |unit: &Unit| figures(unit, standings.remove(&unit.code), &heard, today);
            let sought = request.search.trim().to_lowercase();
            let listed = |unit: &&Unit| match sought.is_empty() {
                true => unit.code.parent() == Some(top),
                false => unit.code != top && top.covers(unit.code) && called(unit, &sought),
            };
            let mut below: Vec<UnitFigures> = units
                .iter()
                .filter(listed)
                .map(|unit| (unit.ended(today), figures(unit)))
                // What was merged away stands with its heir; it is listed only where something was left to it.
                .filter(|(ended, unit)| unit.cases > 0 || !ended)
                .map(|(_, unit)| unit)
                .collect();
            below.sort_by_key(|unit| {
                (Reverse(unit.overdue), Reverse(silence(unit)), Reverse(unit.soon), unit.code)
            });
            let total = below.len() as u64;
            below.truncate(PAGE);
            let whole = units.iter().find(|unit| unit.code == top).map(&mut figures);
            let whole = whole.ok_or(ReplicaError::Column("unit"))?;
            Ok(OverviewView { whole, units: below, total, soon_until, silent_from: SILENT_FROM })
        })
    }
}

/// Days without a word, as far as they matter; what lies below counts as much as the unit itself.
fn silence(unit: &UnitFigures) -> (u32, u64) {
    (unit.silent_days.filter(|days| *days >= SILENT_FROM).unwrap_or_default(), unit.below_silent)
}

fn called(unit: &Unit, sought: &str) -> bool {
    unit.short_name.contains(sought)
        || unit.full_name.contains(sought)
        || pinyin::initials(&unit.short_name).starts_with(sought)
}

/// Each unit's with those below it and those that were merged into it.
fn rolled_up(units: &[Unit], own: BTreeMap<UnitCode, Standing>) -> BTreeMap<UnitCode, Standing> {
    let heirs: BTreeMap<UnitCode, UnitCode> =
        units.iter().filter_map(|unit| Some((unit.code, unit.successor_code?))).collect();
    let mut rolled: BTreeMap<UnitCode, Standing> = BTreeMap::new();
    for (code, standing) in own {
        for unit in answerable(code, &heirs) {
            *rolled.entry(unit).or_default() += standing;
        }
    }
    rolled
}

/// The unit, its heirs, and all that stand above one of them.
fn answerable(code: UnitCode, heirs: &BTreeMap<UnitCode, UnitCode>) -> BTreeSet<UnitCode> {
    let (mut all, mut next) = (BTreeSet::new(), vec![code]);
    while let Some(code) = next.pop() {
        if all.insert(code) {
            next.extend(code.parent());
            next.extend(heirs.get(&code));
        }
    }
    all
}

/// What was heard of computers that aren't revoked.
struct Heard {
    /// How many a unit has, and when the county last received something of one of them.
    own: BTreeMap<UnitCode, (u64, Option<Instant>)>,
}

impl Heard {
    fn of(replica: &Replica, unit: UnitCode) -> Result<Self, ReplicaError> {
        let mut own: BTreeMap<UnitCode, (u64, Option<Instant>)> = BTreeMap::new();
        for device in enrolment::devices(replica.db(), unit)? {
            if revocation::revoked(replica.db(), device.device)?.is_some() {
                continue;
            }
            let (count, last) = own.entry(device.unit).or_default();
            *count += 1;
            *last = (*last).max(device.received_last);
        }
        Ok(Self { own })
    }

    /// Units below one that have a computer, and of these the silent ones.
    fn below(&self, unit: UnitCode, today: Date) -> (u64, u64) {
        let below = self.own.iter().filter(|(code, _)| **code != unit && unit.covers(**code));
        below.fold((0, 0), |(all, silent), (_, (_, last))| {
            let days = last.map(|last| days_since(last, today));
            (all + 1, silent + u64::from(days.is_none_or(|days| days >= SILENT_FROM)))
        })
    }
}

fn days_since(at: Instant, today: Date) -> u32 {
    at.date().until(today).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or_default())
}

fn figures(unit: &Unit, standing: Option<Standing>, heard: &Heard, today: Date) -> UnitFigures {
    let Standing { cases, open, doubtful, soon, overdue } = standing.unwrap_or_default();
    let (devices, last) = heard.own.get(&unit.code).copied().unwrap_or_default();
    let (below, below_silent) =
        if unit.level == Level::Village { (0, 0) } else { heard.below(unit.code, today) };
    UnitFigures {
        code: unit.code,
        name: unit.short_name.clone(),
        level: unit.level,
        cases,
        open,
        soon,
        overdue,
        doubtful,
        devices,
        heard: last,
        silent_days: last.map(|last| days_since(last, today)),
        below,
        below_silent,
    }
}
