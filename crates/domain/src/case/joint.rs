//! Joint review (并联审批, DOMAIN T30): organs asked for their opinions, their answers, and meetings.

use super::event::Said;
use jiff::civil::Date;

/// The ground of a tacit consent that isn't silence: the organ stayed away from a meeting.
pub const ABSENCE: &str = "absence";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joint {
    /// The organs that were asked, in the order in which they were.
    pub asked: Vec<Asked>,
    pub meetings: Vec<Meeting>,
}

/// An organ that was asked for its opinion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub organ: String,
    pub on: Date,
    /// In working days.
    pub term: Option<u16>,
    pub answer: Option<Answer>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub on: Date,
    pub opinion: String,
    /// 视为同意: it was silent, or stayed away.
    pub tacit: bool,
}

/// A meeting of the organs (联席会议), as its minutes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub on: Date,
    pub present: Vec<String>,
    /// Organs that were invited and stayed away without a reason.
    pub absent: Vec<String>,
    pub minutes: String,
}

impl Joint {
    pub(super) fn note(&mut self, event: &str, on: Date, said: &Said) {
        match event {
            "jointDispatch" => {
                self.asked.push(Asked { organ: said.organ.clone(), on, term: said.limit_days, answer: None });
            }
            "jointOpinion" | "jointTacit" => {
                let tacit = event == "jointTacit";
                let opinion = if tacit { "视为同意".to_owned() } else { said.opinion.clone() };
                if let Some(asked) = self.asked.iter_mut().find(|asked| asked.waits_for(&said.organ)) {
                    asked.answer = Some(Answer { on, opinion, tacit });
                }
            }
            "jointMeeting" => self.meetings.push(Meeting {
                on,
                present: said.present.clone(),
                absent: said.absent.clone(),
                minutes: said.minutes.clone(),
            }),
            _ => {}
        }
    }

    /// The question that an organ hasn't answered yet.
    pub fn waiting_for(&self, organ: &str) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.waits_for(organ))
    }

    /// The first organ that hasn't answered yet.
    pub fn waiting(&self) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.answer.is_none())
    }

    /// The meeting that an organ stayed away from, the last of several.
    pub fn stayed_away(&self, organ: &str) -> Option<&Meeting> {
        self.meetings.iter().rfind(|meeting| meeting.absent.iter().any(|absent| absent == organ))
    }
}

impl Asked {
    fn waits_for(&self, organ: &str) -> bool {
        self.organ == organ && self.answer.is_none()
    }
}
