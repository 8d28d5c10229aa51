//! A matter while it is being taken down.

use daiban_contract::act::RecordMatter;
use daiban_domain::{
    UnitCode,
    item::field::day,
    matter::{Channel, Kind},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub kind: Kind,
    pub text: String,
    pub name: String,
    pub phone: String,
    pub channel: Channel,
    pub ticket_no: String,
    pub limit_days: String,
    pub agreed_on: String,
    pub on_the_spot: bool,
    pub unit: Option<UnitCode>,
    pub case_no: String,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            kind: Kind::Consult,
            text: String::new(),
            name: String::new(),
            phone: String::new(),
            channel: Channel::Visit,
            ticket_no: String::new(),
            limit_days: String::new(),
            agreed_on: String::new(),
            on_the_spot: true,
            unit: None,
            case_no: String::new(),
        }
    }
}

impl Draft {
    /// Another kind came another way.
    pub fn of_kind(self, kind: Kind) -> Self {
        let hotline = |channel| matches!(channel, Channel::Line12345 | Channel::Line96196);
        let channel = match (kind, hotline(self.channel)) {
            (Kind::Hotline, false) => Channel::Line12345,
            (Kind::Hotline, true) | (_, false) => self.channel,
            (_, true) => Channel::Visit,
        };
        Self { kind, channel, ..self }
    }

    /// How this kind may have come.
    pub fn channels(&self) -> &'static [Channel] {
        match self.kind {
            Kind::Hotline => &[Channel::Line12345, Channel::Line96196],
            _ => &[Channel::Visit, Channel::Phone, Channel::Letter],
        }
    }

    /// A term is told by the ticket, or promised to who complained.
    pub fn asks_limit(&self) -> bool {
        matches!(self.kind, Kind::Hotline | Kind::Complaint)
    }

    /// What is sent to the desk; `None` while it says too little or what can't be read.
    pub fn request(&self) -> Option<RecordMatter> {
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let limit_days = match filled(&self.limit_days).filter(|_| self.asks_limit()) {
            Some(days) => Some(days.parse().ok()?),
            None => None,
        };
        let agreed_on = if self.kind.by_agreement() { Some(day(&self.agreed_on)?) } else { None };
        let ticket_no = if self.kind == Kind::Hotline { filled(&self.ticket_no)? } else { String::new() };
        if self.kind == Kind::HomeVisit {
            filled(&self.phone)?;
        }
        Some(RecordMatter {
            kind: self.kind,
            text: filled(&self.text)?,
            asker_name: self.name.trim().to_owned(),
            asker_phone: self.phone.trim().to_owned(),
            channel: self.channel,
            ticket_no,
            on_the_spot: self.on_the_spot && self.kind == Kind::Consult,
            agreed_on,
            limit_days,
            unit: self.unit,
            case_no: filled(&self.case_no),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_matter_needs_what_its_kind_asks_for() {
        let said = || Draft { text: "优待证怎么办".into(), ..Draft::default() };
        let hotline = || said().of_kind(Kind::Hotline);
        let visit = || said().of_kind(Kind::HomeVisit);
        let table = [
            ("blank", Draft { text: " ".into(), ..said() }, false),
            ("a question", said(), true),
            ("a ticket without a number", hotline(), false),
            ("a ticket", Draft { ticket_no: "GD-1".into(), ..hotline() }, true),
            (
                "days in words",
                Draft { ticket_no: "GD-1".into(), limit_days: "五".into(), ..hotline() },
                false,
            ),
            ("a visit without a day", Draft { phone: "13912345678".into(), ..visit() }, false),
            ("a visit without a telephone", Draft { agreed_on: "20261008".into(), ..visit() }, false),
            ("a visit", Draft { agreed_on: "20261008".into(), phone: "13912345678".into(), ..visit() }, true),
        ];
        for (name, draft, expected) in table {
            assert_eq!(draft.request().is_some(), expected, "{name}");
        }
    }

    #[test]
    fn what_another_kind_asked_is_not_said() {
        let ticket =
            Draft {
                ticket_no: "GD-1".into(), limit_days: "5".into(), text: "问".into(), ..Draft::default()
            };
        let ticket = ticket.of_kind(Kind::Hotline);
        assert_eq!(ticket.request().and_then(|request| request.limit_days), Some(5));
        let consult = ticket.of_kind(Kind::Consult).request().expect("a question is enough");
        assert_eq!(
            (consult.channel, consult.ticket_no.as_str(), consult.limit_days),
            (Channel::Visit, "", None)
        );
        let agreed = Draft { agreed_on: "2026-10-08".into(), text: "约".into(), ..Draft::default() };
        let agreed = agreed.of_kind(Kind::Appointment).request().expect("a day is agreed");
        assert_eq!((agreed.agreed_on, agreed.on_the_spot), (Some(date(2026, 10, 8)), false));
    }
}
