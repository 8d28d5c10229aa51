//! The states of a case (DOMAIN §4.1).

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    Draft,
    Registered,
    InTransit,
    Received,
    AwaitSupplement,
    Accepted,
    InReview,
    Forwarded,
    PendingDecision,
    Approved,
    Rejected,
    Closed,
    Delivered,
    Archived,
    NotAccepted,
    Withdrawn,
    Terminated,
    Transferred,
    Void,
}

impl State {
    pub const ALL: [State; 19] = [
        State::Draft,
        State::Registered,
        State::InTransit,
        State::Received,
        State::AwaitSupplement,
        State::Accepted,
        State::InReview,
        State::Forwarded,
        State::PendingDecision,
        State::Approved,
        State::Rejected,
        State::Closed,
        State::Delivered,
        State::Archived,
        State::NotAccepted,
        State::Withdrawn,
        State::Terminated,
        State::Transferred,
        State::Void,
    ];

    /// The identifier, as in `state_machine.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Draft => "DRAFT",
            State::Registered => "REGISTERED",
            State::InTransit => "IN_TRANSIT",
            State::Received => "RECEIVED",
            State::AwaitSupplement => "AWAIT_SUPPLEMENT",
            State::Accepted => "ACCEPTED",
            State::InReview => "IN_REVIEW",
            State::Forwarded => "FORWARDED",
            State::PendingDecision => "PENDING_DECISION",
            State::Approved => "APPROVED",
            State::Rejected => "REJECTED",
            State::Closed => "CLOSED",
            State::Delivered => "DELIVERED",
            State::Archived => "ARCHIVED",
            State::NotAccepted => "NOT_ACCEPTED",
            State::Withdrawn => "WITHDRAWN",
            State::Terminated => "TERMINATED",
            State::Transferred => "TRANSFERRED",
            State::Void => "VOID",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        State::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The name on screen and paper.
    pub fn zh(self) -> &'static str {
        match self {
            State::Draft => "草稿",
            State::Registered => "已登记",
            State::InTransit => "移交在途",
            State::Received => "已收件",
            State::AwaitSupplement => "待补正",
            State::Accepted => "已受理",
            State::InReview => "审查中",
            State::Forwarded => "已转报",
            State::PendingDecision => "待审批",
            State::Approved => "准予",
            State::Rejected => "不予",
            State::Closed => "已办结",
            State::Delivered => "已送达",
            State::Archived => "已归档",
            State::NotAccepted => "不予受理",
            State::Withdrawn => "已撤回",
            State::Terminated => "已终止",
            State::Transferred => "已转办",
            State::Void => "已作废",
        }
    }

    /// It ended before anybody decided on what was asked for.
    pub fn came_to_nothing(self) -> bool {
        matches!(
            self,
            State::NotAccepted | State::Withdrawn | State::Terminated | State::Transferred | State::Void
        )
    }

    /// What was asked for has been granted or not; the paper may still lie here.
    pub fn decided(self) -> bool {
        matches!(self, State::Approved | State::Rejected | State::Closed | State::Delivered | State::Archived)
    }

    /// Nothing more is expected of anyone.
    pub fn settled(self) -> bool {
        matches!(
            self,
            State::Delivered
                | State::Archived
                | State::Withdrawn
                | State::Terminated
                | State::Transferred
                | State::Void
        )
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
