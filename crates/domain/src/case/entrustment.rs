//! The resident's mandate to the village agent (代办委托, form F07): what the agent may do, from when to when, signed or with a
//! thumbprint before a witness (民法典 §161–§173; DOMAIN §5.2).

use crate::deadline::says_full_day;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the agent may do in the resident's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Power {
    Submit,
    Sign,
    Collect,
    Pay,
}

impl Power {
    pub const ALL: [Self; 4] = [Self::Submit, Self::Sign, Self::Collect, Self::Pay];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "SUBMIT",
            Self::Sign => "SIGN",
            Self::Collect => "COLLECT",
            Self::Pay => "PAY",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Self::Submit => "递交材料",
            Self::Sign => "签收文书",
            Self::Collect => "领取结果",
            Self::Pay => "代缴费",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrustment {
    pub powers: Vec<Power>,
    pub from: Date,
    /// The last day; `None` until the case is over.
    pub to: Option<Date>,
    /// A thumbprint instead of a signature: it takes a witness.
    pub thumbprint: bool,
    pub witness: String,
    pub revoked_on: Option<Date>,
}

/// Why an entrustment doesn't carry an act.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gap {
    #[error("没有代办委托。请先登记委托。")]
    Missing,
    #[error("代办委托从 {} 才开始。", says_full_day(*.0))]
    NotYet(Date),
    #[error("代办委托到 {} 已经期满。请重新委托。", says_full_day(*.0))]
    Ended(Date),
    #[error("代办委托已于 {} 撤销。要再代办请重新委托。", says_full_day(*.0))]
    Revoked(Date),
    #[error("代办委托里没有“{}”这一项。请重新登记委托，加上这一项。", .0.zh())]
    NotGiven(Power),
    #[error("捺印的委托要有见证人。请补上见证人姓名。")]
    NoWitness,
}

/// Keys under which it lies in a case.
pub const KEYS: [&str; 6] = [
    "entrustment.powers",
    "entrustment.from",
    "entrustment.to",
    "entrustment.signature",
    "entrustment.witness",
    "entrustment.revokedOn",
];

impl Entrustment {
    /// From a case's fields; `None` where there is none.
    pub fn read<'f>(field: impl Fn(&str) -> &'f str) -> Option<Self> {
        let [powers, from, to, signature, witness, revoked_on] = KEYS.map(field);
        let day = |text: &str| text.parse::<Date>().ok();
        let powers = powers.split_whitespace();
        Some(Self {
            powers: powers
                .filter_map(|power| Power::ALL.into_iter().find(|known| known.as_str() == power))
                .collect(),
            from: day(from)?,
            to: day(to),
            thumbprint: signature == "THUMBPRINT",
            witness: witness.to_owned(),
            revoked_on: day(revoked_on),
        })
    }

    /// By key, in the order of [`KEYS`].
    pub fn values(&self) -> [String; 6] {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let powers: Vec<&str> = self.powers.iter().map(|power| power.as_str()).collect();
        let signature = if self.thumbprint { "THUMBPRINT" } else { "SIGNED" };
        [
            powers.join(" "),
            self.from.to_string(),
            day(self.to),
            signature.to_owned(),
            self.witness.clone(),
            day(self.revoked_on),
        ]
    }

    /// Whether it stands on a day.
    pub fn stands(&self, on: Date) -> Result<(), Gap> {
        match (self.revoked_on, self.to) {
            (Some(revoked), _) if revoked <= on => Err(Gap::Revoked(revoked)),
            (_, Some(last)) if last < on => Err(Gap::Ended(last)),
            _ if on < self.from => Err(Gap::NotYet(self.from)),
            _ if self.thumbprint && self.witness.trim().is_empty() => Err(Gap::NoWitness),
            _ => Ok(()),
        }
    }

    /// Whether the agent may do this on a day.
    pub fn carries(&self, power: Power, on: Date) -> Result<(), Gap> {
        self.stands(on)?;
        if self.powers.contains(&power) { Ok(()) } else { Err(Gap::NotGiven(power)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_carries_what_it_says_while_it_stands() {
        let given = Entrustment {
            powers: vec![Power::Submit, Power::Collect],
            from: date(2026, 3, 5),
            to: Some(date(2026, 6, 30)),
            thumbprint: true,
            witness: "李某".to_owned(),
            revoked_on: None,
        };
        assert_eq!(given.carries(Power::Collect, date(2026, 6, 30)), Ok(()));
        assert_eq!(given.carries(Power::Pay, date(2026, 3, 5)), Err(Gap::NotGiven(Power::Pay)));
        assert_eq!(given.carries(Power::Submit, date(2026, 3, 4)), Err(Gap::NotYet(date(2026, 3, 5))));
        assert_eq!(given.carries(Power::Submit, date(2026, 7, 1)), Err(Gap::Ended(date(2026, 6, 30))));
        let revoked = Entrustment { revoked_on: Some(date(2026, 4, 1)), ..given.clone() };
        assert_eq!(revoked.carries(Power::Submit, date(2026, 3, 31)), Ok(()));
        assert_eq!(revoked.carries(Power::Submit, date(2026, 4, 1)), Err(Gap::Revoked(date(2026, 4, 1))));
        let alone = Entrustment { witness: " ".to_owned(), ..given.clone() };
        assert_eq!(alone.stands(date(2026, 3, 5)), Err(Gap::NoWitness));
        for entrustment in [given, revoked] {
            let values = entrustment.values();
            let read = Entrustment::read(|key| &values[KEYS.iter().position(|known| *known == key).unwrap()]);
            assert_eq!(read, Some(entrustment));
        }
        assert_eq!(Entrustment::read(|_| ""), None);
    }
}
