//! What people come with beside cases (来访事项): consultations, complaints, hotline tickets, appointments, visits at home
//! (DOMAIN §4.5; elements as in GB/T 39046-2020 table 10), and what follows a bad rating ([`bad_rating`]).
//!
//! Whoever is asked first owns the question until it is answered or handed on (首问负责).

mod act;
pub mod bad_rating;
mod fold;
mod number;
mod term;

pub use act::{ACTS, Act, Said, fits, rank, ready};
pub use fold::{Answer, Folded, Owner, Placed, State, fold};
pub use number::matter_number;
pub use term::{Term, term};

use crate::UnitCode;
use bad_rating::Rated;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    Consult,
    Complaint,
    Hotline,
    Appointment,
    HomeVisit,
    /// Made by a bad rating, never by hand.
    BadRating,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Consult, Kind::Complaint, Kind::Hotline, Kind::Appointment, Kind::HomeVisit, Kind::BadRating];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Consult => "CONSULT",
            Kind::Complaint => "COMPLAINT",
            Kind::Hotline => "HOTLINE",
            Kind::Appointment => "APPOINTMENT",
            Kind::HomeVisit => "HOME_VISIT",
            Kind::BadRating => "BAD_RATING",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Kind::Consult => "咨询",
            Kind::Complaint => "投诉",
            Kind::Hotline => "热线工单",
            Kind::Appointment => "预约",
            Kind::HomeVisit => "上门服务",
            Kind::BadRating => "差评核实",
        }
    }

    /// A second person sees whether the answer answers (正面答复) before it is closed.
    pub fn checked(self) -> bool {
        matches!(self, Kind::Complaint | Kind::Hotline)
    }

    /// Due on the day that was agreed, instead of within some working days.
    pub fn by_agreement(self) -> bool {
        matches!(self, Kind::Appointment | Kind::HomeVisit)
    }
}

/// How it came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    #[default]
    Visit,
    Phone,
    Letter,
    /// 12345 政务服务便民热线
    #[serde(rename = "12345")]
    Line12345,
    /// 96196 政务服务热线
    #[serde(rename = "96196")]
    Line96196,
}

impl Channel {
    pub const ALL: [Channel; 5] =
        [Channel::Visit, Channel::Phone, Channel::Letter, Channel::Line12345, Channel::Line96196];

    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Visit => "VISIT",
            Channel::Phone => "PHONE",
            Channel::Letter => "LETTER",
            Channel::Line12345 => "12345",
            Channel::Line96196 => "96196",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Channel::ALL.into_iter().find(|channel| channel.as_str() == text)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Channel::Visit => "来访",
            Channel::Phone => "来电",
            Channel::Letter => "来信",
            Channel::Line12345 => "12345 热线",
            Channel::Line96196 => "96196 热线",
        }
    }

    fn hotline(self) -> bool {
        matches!(self, Channel::Line12345 | Channel::Line96196)
    }
}

/// The longest term that may be promised, in working days: the longest that a county may set for complaints.
const LONGEST: u16 = 60;

/// As it was taken down; nothing of it changes afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    pub kind: Kind,
    pub channel: Channel,
    /// The hotline's own number.
    pub ticket_no: String,
    /// Both may be empty: anonymous.
    pub asker_name: String,
    pub asker_phone: String,
    pub text: String,
    /// The case that it is about; empty for none.
    pub case_no: String,
    /// A consultation that can be answered on the spot.
    pub on_the_spot: bool,
    pub agreed_on: Option<Date>,
    /// What the ticket or the complaint's answerer has promised, in working days; `None`: as the county has set it.
    pub limit_days: Option<u16>,
    pub asked_on: Date,
    /// The unit that it concerns: it and the units above see it.
    pub unit: UnitCode,
    /// 首问责任人: who was asked first, and where.
    pub first: Owner,
    /// Of a bad rating: which one.
    pub rated: Option<Rated>,
}

impl Matter {
    /// What is lacking before it can be taken down.
    pub fn lacking(&self) -> Option<&'static str> {
        if self.text.trim().is_empty() {
            return Some("要写明问的是什么、要办什么。");
        }
        match (self.kind, self.agreed_on) {
            (Kind::Hotline, _) if !self.channel.hotline() => {
                Some("热线工单要写明是 12345 还是 96196 转来的。")
            }
            (Kind::Hotline, _) if self.ticket_no.trim().is_empty() => Some("热线工单要写明热线的工单编号。"),
            (Kind::Appointment | Kind::HomeVisit, None) => Some("预约和上门服务要写明约定的日期。"),
            (Kind::BadRating, _) if self.rated.is_none() => {
                Some("差评核实由评价生成，不用登记。请录入评价。")
            }
            (_, Some(day)) if self.kind.by_agreement() && day < self.asked_on => {
                Some("约定的日期已经过去了。请核对日期。")
            }
            (Kind::HomeVisit, _) if self.asker_phone.trim().is_empty() => Some("上门服务要留联系电话。"),
            _ if self.limit_days.is_some_and(|days| !(1..=LONGEST).contains(&days)) => {
                Some("答复期限要写 1 到 60 个工作日。")
            }
            _ => None,
        }
    }

    /// Who asked is not known.
    pub fn anonymous(&self) -> bool {
        self.asker_name.is_empty() && self.asker_phone.is_empty()
    }
}
