//! Who and where this desk is, and what its day begins with.

use super::{CaseRow, MatterList, SyncView, ToTellList, UnitRow};
use daiban_domain::{Level, PersonId, Role, UnitCode, access::may_audit, revocation::may_revoke};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who and where this desk is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeskView {
    pub unit: UnitCode,
    pub unit_name: String,
    pub unit_short_name: String,
    pub level: Level,
    /// The units at and below this desk, for filters and names.
    pub units: Vec<UnitRow>,
    /// The units above, nearest first.
    #[serde(default)]
    pub above: Vec<UnitRow>,
    pub person: String,
    /// Role identifiers, e.g. `AGENT`.
    pub roles: Vec<String>,
    pub device: String,
    pub tag: String,
    pub today: Date,
    /// The clock can't be right: a person has to say what day it is before they go on.
    #[serde(default)]
    pub day_asked: Option<DayAsked>,
    /// This device has been revoked: it only brings what it holds.
    #[serde(default)]
    pub revoked: Option<super::RevokedView>,
    /// Nothing here is real.
    #[serde(default)]
    pub practice: bool,
    /// False: the screen says 未设密码.
    pub password_set: bool,
    /// Who is at work.
    #[serde(default)]
    pub person_id: Option<PersonId>,
    /// After so many minutes without a key the window locks; 0: never.
    #[serde(default)]
    pub auto_lock_minutes: u32,
    pub catalogue: String,
    /// Years with an official calendar.
    pub calendar_years: Vec<i16>,
}

impl DeskView {
    /// Whether whoever is at work may look into who read and let out what.
    pub fn may_audit(&self) -> bool {
        may_audit(&self.known_roles())
    }

    /// Whether whoever is at work keeps the unit's devices, and what roles people have.
    pub fn keeps_devices(&self) -> bool {
        may_revoke(self.level, &self.known_roles())
    }

    /// Those that this program knows.
    fn known_roles(&self) -> Vec<Role> {
        self.roles.iter().filter_map(|role| role.parse().ok()).collect()
    }
}

/// Why it is asked what day it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DayAsked {
    /// What the clock shows.
    pub clock: Date,
    /// On which something was done or heard here last.
    pub known: Date,
    pub says: String,
}

/// What is set at this desk alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// Photos are made smaller until no edge is longer, in pixels.
    pub attachment_long_edge: u32,
    /// JPEG's, from 30 to 95.
    pub attachment_quality: u8,
    /// The line is paid by the byte: photos and scans wait until someone sends them.
    pub metered: bool,
    /// After so many minutes without a key the window locks; 0: never.
    pub auto_lock_minutes: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HomeView {
    pub todo: Vec<Todo>,
    pub todo_total: u64,
    /// Cases not settled yet.
    pub open: u64,
    pub recent: Vec<CaseRow>,
    /// Ready to be handed over (village).
    pub to_hand_over: u64,
    /// Ready to be delivered.
    pub to_deliver: u64,
    /// Whose paper tells a day that isn't so any more, the first of them.
    #[serde(default)]
    pub to_tell: ToTellList,
    /// Pairs of cases that look like one request, and of entries of the registers that somebody has to look at.
    #[serde(default)]
    pub duplicate_cases: u64,
    #[serde(default)]
    pub alike_people: u64,
    /// Of a township and its county: what the day brings.
    #[serde(default)]
    pub today: Option<TodayView>,
    pub sync: SyncView,
}

/// What the day brings, in groups that lead to their lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TodayView {
    pub overdue: u64,
    pub due_today: u64,
    /// On the next working day.
    pub due_next: u64,
    pub next_working_day: Date,
    /// Handed over by villages, or registered there and not handed over yet.
    pub on_their_way: u64,
    pub registered: u64,
    /// Waiting for correction (补正).
    pub await_supplement: u64,
    /// Bad ratings that somebody has to look into, those due first.
    pub bad_ratings: MatterList,
    /// Other matters that are due by the next working day.
    pub matters: MatterList,
    /// Originals on their way: hand-overs that nobody has counted yet, the oldest first.
    pub under_way: Vec<UnderWay>,
}

/// A hand-over that hasn't arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnderWay {
    pub batch: String,
    pub unit_name: String,
    pub cases: u64,
    /// The first of its cases, to begin with.
    pub case_no: String,
}

/// Something to do now, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Todo {
    pub case: CaseRow,
    /// e.g. 9月21日登记，应在 9月24日（周四）前移交到镇上
    pub says: String,
    /// The ordinary next step, if this desk may take it.
    pub event: Option<String>,
    pub event_name: String,
}
