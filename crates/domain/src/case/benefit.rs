//! A benefit that was granted, and its end: somebody reports that it is to end (身后一件事), and the organ stops it, or says
//! why it goes on.

use jiff::civil::Date;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Benefit {
    pub granted: Option<Date>,
    /// That it is to end.
    pub reported: Option<Date>,
    pub stopped: Option<Date>,
}

impl Benefit {
    pub(super) fn note(&mut self, event: &str, on: Date) {
        match event {
            "approve" | "urgentRelief" | "upperClose" => {
                *self = Self { granted: Some(on), ..Self::default() }
            }
            "reject" | "reopen" => *self = Self::default(),
            "reportEnd" => self.reported = Some(on),
            "stopBenefit" => self.stopped = Some(on),
            "keepBenefit" => (self.reported, self.stopped) = (None, None),
            _ => {}
        }
    }

    /// It was granted, and hasn't been stopped.
    pub fn runs(&self) -> bool {
        self.granted.is_some() && self.stopped.is_none()
    }

    /// Somebody waits for the organ's word.
    pub fn to_stop(&self) -> bool {
        self.runs() && self.reported.is_some()
    }
}
