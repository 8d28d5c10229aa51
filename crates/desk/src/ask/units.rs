use crate::{Desk, Trouble};
use daiban_contract::{ask::Units, view::UnitView};
use daiban_domain::{
    Instant, Unit, pinyin,
    unit::{TownshipClass, VillageKind},
};
use daiban_replica::{public::unit, today};
use jiff::civil::Date;

impl Desk {
    /// The units at and below this desk, those that are no more included.
    pub fn units(&self, _: Units, now: Instant) -> Result<Vec<UnitView>, Trouble> {
        self.with(|replica| {
            let today = today(replica.db(), now)?;
            let units = unit::below(replica.db(), replica.identity().unit)?;
            Ok(units.into_iter().map(|unit| view(unit, today)).collect())
        })
    }
}

fn view(unit: Unit, today: Date) -> UnitView {
    let village = unit.code.village_kind().map(VillageKind::zh);
    let kind = village.or_else(|| unit.code.township_class().map(TownshipClass::zh));
    UnitView {
        ended: unit.ended(today),
        kind: kind.unwrap_or_default().to_owned(),
        code: unit.code,
        initials: pinyin::initials(&unit.short_name),
        full_name: unit.full_name,
        short_name: unit.short_name,
        level: unit.level,
        valid_from: unit.valid_from,
        valid_to: unit.valid_to,
        successor_code: unit.successor_code,
    }
}
