//! The sentence beneath a field: the rules of `domain` while a person types.

use crate::{texts::says as texts, words};
use daiban_domain::check::{self, Fault, Passed};
use daiban_domain::deadline::says_day;
use daiban_domain::item::field::{Answers, Asked, Form, Kind, day};
use jiff::civil::Date;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    /// A person has to look. It never keeps anybody from saving.
    Wrong,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    pub tone: Tone,
    pub text: String,
}

impl Says {
    pub fn plain(text: impl Into<String>) -> Option<Self> {
        Some(Self { tone: Tone::Plain, text: text.into() })
    }

    pub fn good(text: impl Into<String>) -> Option<Self> {
        Some(Self { tone: Tone::Good, text: text.into() })
    }

    pub fn wrong(text: impl Into<String>) -> Option<Self> {
        Some(Self { tone: Tone::Wrong, text: text.into() })
    }
}

/// What is to be said about a citizen's identity number so far.
pub fn id_number(text: &str, today: Date) -> Option<Says> {
    let typed = text.chars().filter(|c| !c.is_whitespace()).count();
    match check::id_number(text, today) {
        _ if typed == 0 => None,
        Ok(passed) => {
            let whose = check::id_male(&passed.normalised)
                .map(|male| if male { texts::male() } else { texts::female() });
            let age = check::id_birth(&passed.normalised).map(|birth| texts::aged(words::age(birth, today)));
            let whose: Vec<String> = whose.map(str::to_owned).into_iter().chain(age).collect();
            noted(passed, &texts::number_right(&whose.join(texts::comma())))
        }
        // Half a number is no mistake yet.
        Err(_)
            if typed < 18 && typed != 15 && text.trim().chars().all(|c| c.is_ascii_digit() || c == ' ') =>
        {
            Says::plain(texts::number_short(typed, 18 - typed))
        }
        Err(fault) => Says::wrong(fault.message),
    }
}

pub fn phone(text: &str) -> Option<Says> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match check::mobile(text) {
        _ if text.trim().is_empty() => None,
        // Short numbers begin like mobile numbers; nobody is told wrong, or right, half way.
        _ if digits.len() < 11 && digits.starts_with('1') => Says::plain(texts::mobile_short(digits.len())),
        Ok(passed) if digits.len() == 11 && digits.starts_with('1') => noted(passed, texts::mobile()),
        Ok(passed) => noted(passed, texts::phone()),
        Err(fault) => Says::wrong(fault.message),
    }
}

/// What is to be said about a part of an applicant who has this kind of paper.
pub fn applicant(path: &str, id_type: &str, text: &str, today: Date) -> Option<Says> {
    let judged = |checked: Result<Passed, Fault>| match checked {
        _ if text.trim().is_empty() => None,
        Ok(passed) if passed.notes.is_empty() => None,
        Ok(passed) => noted(passed, ""),
        Err(fault) => Says::wrong(fault.message),
    };
    match path {
        "applicant.name" if id_type == check::CREDIT_CODE => judged(check::organisation_name(text)),
        "applicant.name"
        | "applicant.legalRepresentative"
        | "applicant.handlerName"
        | "applicant.guardianName" => name(text),
        "applicant.idNo" if id_type != check::RESIDENT_CARD => {
            judged(check::id_document(id_type, text, today))
        }
        // A child's temporary number is none of a card's.
        "applicant.idNo" if check::id_temporary(text.trim()) => {
            judged(check::id_document(id_type, text, today))
        }
        "applicant.idNo" | "applicant.handlerIdNo" | "applicant.guardianIdNo" => id_number(text, today),
        "applicant.phone" => phone(text),
        "applicant.birth" => of_kind(Kind::Day, &[], text, today),
        _ => None,
    }
}

pub fn name(text: &str) -> Option<Says> {
    if text.trim().is_empty() {
        return None;
    }
    match check::name(text) {
        Ok(passed) if passed.notes.is_empty() => None,
        Ok(passed) => noted(passed, ""),
        Err(fault) => Says::wrong(fault.message),
    }
}

/// What is to be said about an answer to a field of a form, beside the others.
pub fn field(
    form: &Form<'_>,
    asked: &Asked<'_>,
    text: &str,
    answers: Answers<'_>,
    today: Date,
) -> Option<Says> {
    let says = of_kind(asked.kind, &asked.options, text, today);
    if text.trim().is_empty() || says.as_ref().is_some_and(|says| says.tone != Tone::Good) {
        return says;
    }
    match form.check(asked, text, answers, today) {
        Ok(_) => says,
        Err(fault) => Says::wrong(fault.message),
    }
}

/// What is to be said about an answer of a kind alone.
pub fn of_kind(kind: Kind, options: &[String], text: &str, today: Date) -> Option<Says> {
    if text.trim().is_empty() {
        return None;
    }
    match (kind, kind.read(text, options, today)) {
        (Kind::PersonName, _) => name(text),
        (Kind::IdNumber, _) => id_number(text, today),
        (Kind::Phone, _) => phone(text),
        (Kind::BankCard, Ok(passed)) => noted(passed, texts::card_right()),
        (Kind::Day, Ok(passed)) => {
            let read = day(&passed.normalised).map(|day| texts::day_read(day.year(), &says_day(day)));
            Says::good(read.unwrap_or_default())
        }
        (Kind::Month, Ok(passed)) => Says::good(passed.normalised),
        // Half a day is no mistake yet.
        (Kind::Day, Err(_)) if text.trim().chars().count() < 8 => Says::plain(texts::day_hint()),
        (Kind::Month, Err(_)) if text.trim().chars().count() < 6 => Says::plain(texts::month_hint()),
        (_, Ok(passed)) => passed.notes.into_iter().next().and_then(|note| Says::plain(note.message)),
        (_, Err(fault)) => Says::wrong(fault.message),
    }
}

/// Good, unless the value passed with a note.
fn noted(passed: Passed, good: &str) -> Option<Says> {
    match passed.notes.into_iter().next() {
        Some(Fault { message, .. }) => Says::plain(message),
        None => Says::good(good),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_domain::item::Field;
    use jiff::civil::date;

    #[test]
    fn an_identity_number_is_judged_only_when_it_is_whole() {
        let today = date(2026, 9, 29);
        for (text, expected) in [
            ("", None),
            ("621099", Some(Tone::Plain)),
            ("62109919460312022", Some(Tone::Plain)),
            ("621099194603120228", Some(Tone::Good)),
            ("621099 19460312 0228", Some(Tone::Good)),
            ("621099194603120229", Some(Tone::Wrong)),
            ("62109A", Some(Tone::Wrong)),
        ] {
            assert_eq!(id_number(text, today).map(|says| says.tone), expected, "{text}");
        }
    }

    #[test]
    fn a_phone_half_typed_is_no_mistake() {
        for (text, expected) in [
            ("", None),
            ("139", Some(Tone::Plain)),
            ("13900005678", Some(Tone::Good)),
            ("139000056789", Some(Tone::Wrong)),
        ] {
            assert_eq!(phone(text).map(|says| says.tone), expected, "{text}");
        }
    }

    #[test]
    fn fields_are_judged_by_their_type_and_their_rules() {
        let today = date(2026, 9, 29);
        let table = [
            ("date", "", "20260929", Some(Tone::Good)),
            ("date", "", "2026", Some(Tone::Plain)),
            ("date", "", "2026-13-01", Some(Tone::Wrong)),
            ("date", "≤ 今天", "20260930", Some(Tone::Wrong)),
            ("int", "", "十五", Some(Tone::Wrong)),
            ("int", "≥ 18", "17", Some(Tone::Wrong)),
            ("money", "", "1200.50", None),
            ("text", "", "随便", None),
        ];
        for (kind, rule, text, expected) in table {
            let field = Field {
                key: "it".to_owned(),
                kind: kind.to_owned(),
                rule: rule.to_owned(),
                ..Field::default()
            };
            let fields = [field];
            let form = Form::of(&fields);
            let says = form.asked("it").and_then(|asked| field_says(&form, asked, text, today));
            assert_eq!(says.map(|says| says.tone), expected, "{kind} {rule} {text}");
        }
    }

    fn field_says(form: &Form<'_>, asked: &Asked<'_>, text: &str, today: Date) -> Option<Says> {
        field(form, asked, text, &|_| String::new(), today)
    }
}
