//! What happened to a case: append-only facts, each made by a person at a desk.

use super::printed::Told;
use crate::{DeviceId, EventId, Hlc, Instant, PersonId, UnitCode, delegation::ON_BEHALF_OF};
use jiff::civil::Date;
use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};

/// One event, as it lies in the document under `events/<id>`. Fields are numbered: a newer program's fields are skipped
/// here and stay in the document, whose bytes nobody rewrites.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
#[cbor(map)]
pub struct Event {
    #[n(0)]
    pub id: EventId,
    /// An event name of `state_machine.json`, `print`, or one that a newer program knows.
    #[n(1)]
    pub kind: String,
    /// The latest events of this case that the actor had seen (their predecessors are implied).
    #[n(2)]
    pub after: Vec<EventId>,
    /// Who goes first among events that don't know each other; see [`rank`]. Fixed when the event is made.
    #[n(3)]
    pub rank: u8,
    #[n(4)]
    pub hlc: Hlc,
    /// When it was recorded, by the device's clock.
    #[n(5)]
    pub at: Instant,
    /// The legal date of the act, which may lie before the recording.
    #[n(6)]
    pub on: LegalDate,
    #[n(7)]
    pub person: PersonId,
    /// The role acted in, e.g. `AGENT`.
    #[n(8)]
    pub role: String,
    #[n(9)]
    pub unit: UnitCode,
    #[n(10)]
    pub device: DeviceId,
    #[n(11)]
    pub rules_version: u16,
    #[n(12)]
    pub item_version: u16,
    /// The paper that this event is the printing of.
    #[n(13)]
    pub paper: Option<Paper>,
    /// What the act says, a JSON object; empty for none.
    #[n(14)]
    pub payload: String,
    /// Found by whoever read it, beside what it says itself.
    #[cbor(skip)]
    pub authority: Authority,
}

/// Whether somebody might act as an event says they did, by the entry that brought it and by what the county has said of
/// them. No clock is asked: roles that were changed count for the entries that the change names (DESIGN, “Security”).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Authority {
    #[default]
    Held,
    /// And its author has signed it themselves, beside the device.
    Signed,
    /// Its entry was written by somebody else, or at another device, than it names.
    Forged,
    /// Nobody has introduced its author.
    Unknown,
    /// Its author works at another device.
    Elsewhere,
    /// An organ decides by it, and its author, who has a key, hasn't signed it.
    Unsigned,
    /// Its author, or the one for whom it was taken, didn't have the role then.
    NoRole,
    /// Nothing is known of the one having left it to the other for that day.
    NotDelegated,
}

impl Authority {
    /// Why it doesn't count.
    pub fn refusal(self) -> Option<&'static str> {
        match self {
            Self::Held | Self::Signed => None,
            Self::Forged => Some("记录里写的人或电脑，和实际写它的不是同一个"),
            Self::Unknown => Some("做这一步的人没有在本县登记过"),
            Self::Elsewhere => Some("做这一步的人没有登记在这台电脑上"),
            Self::Unsigned => Some("这一步要本人用密码登录后签字，没有本人的签字"),
            Self::NotDelegated => Some("没有查到那天本人把这件事委托给办的人"),
            Self::NoRole => Some("做这一步的人当时没有这个岗位角色"),
        }
    }
}

/// What acts say in their payload, as far as the rules go by it. Whatever is missing or unreadable says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Said {
    /// A term in working days that the act sets: for a supplement, for what is owed, for an organ's opinion.
    pub limit_days: Option<u16>,
    /// Working days of an extension.
    pub days: Option<u16>,
    /// Working days that a special procedure is expected to take.
    pub expected_days: Option<u16>,
    /// Codes of the materials that a tolerant acceptance leaves owing.
    pub owed: Vec<String>,
    /// Who is asked, or has answered, in a joint case.
    pub organ: String,
    /// An organ's answer.
    pub opinion: String,
    /// Of a meeting: the organs that came, those that stayed away, and its minutes.
    pub present: Vec<String>,
    pub absent: Vec<String>,
    pub minutes: String,
    pub reason: String,
    /// Of a refusal, a tacit consent: one of the grounds that the rule names.
    pub ground: String,
    /// What shows that silence was silence: a signed dispatch, an absence record.
    pub evidence: String,
    /// How a result was handed over: 窗口, 代办员转交, 邮寄, 上门.
    pub method: String,
    /// A special procedure's kind (行政许可法 §45), and what prescribes it.
    pub procedure: String,
    pub basis: String,
    /// The applicant has been told.
    pub told: bool,
    /// The applicant has signed.
    pub signed: bool,
    /// When and how the applicant was reached.
    pub contacts: Vec<String>,
    /// Where a case went: a unit's or an organ's name.
    pub to: String,
    /// The case that goes on in this one's place.
    pub surviving: String,
    /// The case whose materials are taken over.
    pub taken_from: String,
    /// In words: where their paper is.
    pub paper_at: String,
    /// Photos and scans that stay with that case.
    pub photos_left: u16,
    pub result_name: String,
    pub result_number: String,
    /// Who looks after the case from now on.
    pub agent: String,
    /// The hand-over that a case travels with.
    pub batch: String,
    /// What was counted: when it was handed over, received, supplied, given back.
    pub materials: Vec<Counted>,
    /// Of an adopted suggestion: the event that made it.
    pub suggestion: String,
    pub path: String,
    pub value: String,
    /// Codes of materials for which something else stands in, and where it was found.
    pub replaces: Vec<String>,
    pub source: String,
    /// What verifying commitments has found.
    pub holds: Option<bool>,
    /// 失信: what the credit record says of the applicant.
    pub bad_credit: bool,
    /// Of a print: the end of a term that the paper tells.
    pub due: Option<Told>,
}

/// So much of a material.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Counted {
    pub material_code: String,
    pub originals: u16,
    pub copies: u16,
}

impl Event {
    /// For whom it was taken, where that was somebody else.
    pub fn on_behalf_of(&self) -> Option<PersonId> {
        // Most acts are one's own.
        if !self.payload.contains(ON_BEHALF_OF) {
            return None;
        }
        let said: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&self.payload).ok()?;
        said.get(ON_BEHALF_OF)?.as_str()?.parse().ok()
    }

    pub fn said(&self) -> Said {
        serde_json::from_str(&self.payload).unwrap_or_default()
    }
}

/// The events that no other has seen: what a new one comes after.
pub fn latest(events: &[Event]) -> Vec<EventId> {
    let seen = |id| events.iter().any(|event| event.after.contains(&id));
    events.iter().map(|event| event.id).filter(|id| !seen(*id)).collect()
}

/// The rank of an event: the competent organ's legal act (0), its other acts (1), the village's (2).
pub mod rank {
    pub const LEGAL_ACT: u8 = 0;
    pub const ORGAN: u8 = 1;
    pub const VILLAGE: u8 = 2;
}

/// A paper that left the printer: its form, its number, and the act it bears witness to.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cbor(map)]
pub struct Paper {
    /// `F01` …
    #[n(0)]
    pub form: String,
    /// 文书编号.
    #[n(1)]
    pub number: String,
    /// The event that the paper bears witness to.
    #[n(2)]
    pub act: EventId,
    /// 1 for the first print, 2 for 补打第1次 …
    #[n(3)]
    pub copy: u32,
}

/// A calendar day, stored as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LegalDate(pub Date);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl<C> Encode<C> for LegalDate {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.i32(self.days())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for LegalDate {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let days = d.i32()?;
        EPOCH
            .checked_add(jiff::Span::new().try_days(days).map_err(minicbor::decode::Error::custom)?)
            .map(Self)
            .map_err(minicbor::decode::Error::custom)
    }
}

impl<C> CborLen<C> for LegalDate {
    fn cbor_len(&self, ctx: &mut C) -> usize {
        self.days().cbor_len(ctx)
    }
}

impl LegalDate {
    fn days(self) -> i32 {
        (self.0 - EPOCH).get_days()
    }
}
