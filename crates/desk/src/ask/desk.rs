use crate::{Desk, Trouble, settings};
use daiban_contract::{
    ask,
    view::{DayAsked, DeskView, UnitRow},
};
use daiban_domain::{Instant, Unit, deadline::says_full_day, reading::Doubt};
use daiban_replica::{
    Replica, clock,
    public::{calendar, enrolment, item, unit},
    store::key,
    today,
};

impl Desk {
    pub fn desk(&self, _: ask::Desk, now: Instant) -> Result<DeskView, Trouble> {
        let password_set = key::password_set(&self.place.data).unwrap_or(false);
        self.even_revoked(|replica| {
            Ok(DeskView { practice: self.practice, ..view(replica, password_set, now)? })
        })
    }
}

fn day_asked(doubt: Doubt, now: Instant) -> DayAsked {
    let clock = now.date();
    let (known, says) = match doubt {
        Doubt::Behind(known) => (known, "比上次用的时候还早，电脑的时间多半错了"),
        Doubt::Ahead(known) => (known, "离上次用隔了很久，可能是电脑的时间错了"),
        Doubt::Unsure(known) => (known, "那时电脑的时间不准，不知道后来校准没有"),
    };
    let says = format!("这台电脑显示 {}，上次用是 {}：{says}。", says_full_day(clock), says_full_day(known));
    DayAsked { clock, known, says }
}

pub(crate) fn view(replica: &Replica, password_set: bool, now: Instant) -> Result<DeskView, Trouble> {
    let (db, identity) = (replica.db(), replica.identity());
    let own = unit::find(db, identity.unit)?;
    let person = enrolment::person(db, identity.person)?.unwrap_or_default();
    let row = |unit: Unit| UnitRow { code: unit.code, name: unit.short_name, level: unit.level };
    let mut above = Vec::new();
    for code in identity.unit.ancestors() {
        above.extend(unit::find(db, code)?.map(row));
    }
    Ok(DeskView {
        unit: identity.unit,
        unit_name: own.as_ref().map_or_else(|| identity.unit.to_string(), |unit| unit.full_name.clone()),
        unit_short_name: own.map_or_else(|| identity.unit.to_string(), |unit| unit.short_name),
        level: identity.unit.level(),
        units: unit::below(db, identity.unit)?.into_iter().map(row).collect(),
        above,
        person: person.name,
        roles: enrolment::roles(replica.db(), replica.identity().person)?
            .into_iter()
            .map(|role| role.to_string())
            .collect(),
        device: identity.device_name.clone(),
        tag: identity.tag.clone(),
        today: today(db, now)?,
        day_asked: clock::doubt(db, now)?.map(|doubt| day_asked(doubt, now)),
        revoked: super::revoked(replica, identity.device)?,
        practice: false,
        password_set,
        person_id: Some(identity.person),
        auto_lock_minutes: if password_set { settings::load(db)?.auto_lock_minutes } else { 0 },
        catalogue: item::catalogue(db)?,
        calendar_years: calendar::load(db)?.years().collect(),
    })
}
