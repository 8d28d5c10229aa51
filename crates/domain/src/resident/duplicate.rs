//! The duplicate rule (DOMAIN §8.1): the same number is the same person, and nothing else joins two entries by itself.

use super::Resident;
use crate::{check, pinyin};

/// What two entries of the register have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The same person: the same number and name.
    Same,
    /// The same number under different names: one of the two is wrong, and a person has to look.
    Contradiction,
    /// Perhaps the same person: the same name and birth date, and no two numbers to tell them apart by.
    SameName,
    /// Perhaps: the same birth date and a name that sounds or looks the same, and no two numbers.
    AlikeName,
    /// The same name and birth date, but two numbers: namesakes, or a number that was issued twice. Shown, never joined.
    Namesake,
    /// Different people, as far as is known: twins and neighbours in the number are.
    Different,
}

impl Likeness {
    /// All but [`Likeness::Different`].
    pub const FOUND: [Self; 5] =
        [Self::Same, Self::Contradiction, Self::SameName, Self::AlikeName, Self::Namesake];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Contradiction => "contradiction",
            Self::SameName => "same-name",
            Self::AlikeName => "alike-name",
            Self::Namesake => "namesake",
            Self::Different => "different",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::FOUND.into_iter().find(|likeness| likeness.as_str() == text)
    }

    /// Something that a person should look at.
    pub fn suggests(self) -> bool {
        matches!(self, Self::SameName | Self::AlikeName)
    }
}

pub fn likeness(one: &Resident, other: &Resident) -> Likeness {
    let same_name = same_name(&one.name, &other.name);
    match shared_number(one, other) {
        None => {}
        Some(_) if same_name => return Likeness::Same,
        // Children of one birth go by one temporary number until each has its own.
        Some(number) if check::id_temporary(number) => return Likeness::Different,
        Some(_) => return Likeness::Contradiction,
    }
    let same_birth = one.born().is_some_and(|born| other.born() == Some(born));
    match (same_birth && !one.name.is_empty(), same_name, numbered(one, other)) {
        (true, true, false) => Likeness::SameName,
        (true, true, true) => Likeness::Namesake,
        (true, false, false) if alike(&one.name, &other.name) => Likeness::AlikeName,
        _ => Likeness::Different,
    }
}

/// Whether papers say that two entries are not one person: two numbers, or two names under one.
pub fn against_papers(one: &Resident, other: &Resident) -> bool {
    numbered(one, other) && likeness(one, other) != Likeness::Same
}

/// The number that both go by, or went by before they were given real ones.
fn shared_number<'r>(one: &'r Resident, other: &'r Resident) -> Option<&'r str> {
    if one.id_type != other.id_type {
        return None;
    }
    if !one.id_no.is_empty() && one.id_no == other.id_no {
        return Some(&one.id_no);
    }
    // Two real numbers are two people, whatever they went by.
    let former = [(&one.former_id_no, &other.id_no), (&other.former_id_no, &one.id_no)];
    let former = former.into_iter().find(|(former, number)| !former.is_empty() && former == number);
    former.map(|(former, _)| former.as_str())
}

/// Whether numbers tell two entries apart or together. Those of different papers don't: a passport and a residence card may
/// be one person's, and a temporary number gives way to the first real one.
fn numbered(one: &Resident, other: &Resident) -> bool {
    let real = |it: &Resident| !it.id_no.is_empty() && !check::id_temporary(&it.id_no);
    one.id_type == other.id_type && real(one) && real(other)
}

/// Whether two names are one: separators and blanks make no difference.
pub fn same_name(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

/// A name without separators and blanks.
fn letters(name: &str) -> Vec<char> {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether names sound the same, or differ in one character that is easily taken for the other.
fn alike(one: &str, other: &str) -> bool {
    let (a, b) = (letters(one), letters(other));
    if a.is_empty() || a.len() != b.len() {
        return false;
    }
    let differing: Vec<(char, char)> = a.into_iter().zip(b).filter(|(x, y)| x != y).collect();
    let sound = |c| pinyin::syllable(c);
    let homophones = differing.iter().all(|(x, y)| sound(*x).is_some() && sound(*x) == sound(*y));
    let taken =
        |(x, y): &(char, char)| LOOK_ALIKES.iter().any(|group| group.contains(*x) && group.contains(*y));
    homophones || matches!(differing.as_slice(), [only] if taken(only))
}

/// Characters of names that are taken for each other in writing, by hand or from a worn card.
const LOOK_ALIKES: [&str; 44] = [
    "己已巳",
    "未末",
    "士土",
    "戊戌戍",
    "日曰",
    "天夭无",
    "治冶",
    "候侯",
    "杨扬",
    "丹舟",
    "千干于",
    "大太犬",
    "王玉主",
    "令今",
    "田由甲申",
    "刀力",
    "人入八",
    "木本术",
    "白自百",
    "目且",
    "九丸",
    "氏民",
    "兰三",
    "玲铃",
    "晴睛",
    "清请情",
    "俊峻",
    "海梅",
    "明朋",
    "宇字",
    "宝宣",
    "春舂",
    "贝见",
    "风凤",
    "乌鸟",
    "史吏",
    "泽译",
    "祥样",
    "彬杉",
    "延廷",
    "免兔",
    "折析",
    "间问",
    "茶荼",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(name: &str, id_no: &str, birth: &str) -> Resident {
        let id_type = if id_no.is_empty() { "" } else { "111" };
        Resident {
            name: name.to_owned(),
            id_type: id_type.to_owned(),
            id_no: id_no.to_owned(),
            birth: birth.to_owned(),
            household: "0017".to_owned(),
            ..Resident::default()
        }
    }

    #[test]
    fn only_the_same_number_joins() {
        let wang = "621099194203150014";
        let passport = Resident { id_type: "414".to_owned(), ..person("王一", "E12345678", "1942-03-15") };
        let table = [
            ("the same number and name", person("王一", wang, ""), person("王一", wang, ""), Likeness::Same),
            (
                "separators don't make another name",
                person("买买提·吐尔逊", wang, ""),
                person("买买提吐尔逊", wang, ""),
                Likeness::Same,
            ),
            ("another name", person("王一", wang, ""), person("王二", wang, ""), Likeness::Contradiction),
            (
                "even one that sounds so",
                person("王一", wang, ""),
                person("王伊", wang, ""),
                Likeness::Contradiction,
            ),
            (
                "without a number",
                person("王一", wang, ""),
                person("王一", "", "1942-03-15"),
                Likeness::SameName,
            ),
            ("another paper", person("王一", wang, ""), passport, Likeness::SameName),
            (
                "both without a number",
                person("王一", "", "1942-03-15"),
                person("王一", "", "1942-03-15"),
                Likeness::SameName,
            ),
            ("a homophone", person("王伟", wang, ""), person("王卫", "", "1942-03-15"), Likeness::AlikeName),
            ("a look-alike", person("王未", wang, ""), person("王末", "", "1942-03-15"), Likeness::AlikeName),
            (
                "two look-alikes",
                person("王未日", wang, ""),
                person("王末曰", "", "1942-03-15"),
                Likeness::Different,
            ),
            (
                "another birth date",
                person("王一", wang, ""),
                person("王一", "", "1942-03-16"),
                Likeness::Different,
            ),
            ("no birth date", person("王一", "", ""), person("王一", "", ""), Likeness::Different),
            (
                "a child that has got its number",
                person("王小", "NB62109919870101118920260105", ""),
                person("王小", "621099202601050014", ""),
                Likeness::SameName,
            ),
            (
                "a child before and after it got its number",
                person("王小", "NB62109919870101118920260105", ""),
                Resident {
                    former_id_no: "NB62109919870101118920260105".to_owned(),
                    ..person("王小", "621099202601050014", "")
                },
                Likeness::Same,
            ),
            (
                "newborn twins",
                person("王大双", "NB62109919870101118920260105", ""),
                person("王小双", "NB62109919870101118920260105", ""),
                Likeness::Different,
            ),
            (
                "namesakes born on one day",
                person("王一", wang, ""),
                person("王一", "621099194203150030", ""),
                Likeness::Namesake,
            ),
            (
                "twins",
                person("王大双", "621099201602290033", ""),
                person("王小双", "621099201602290050", ""),
                Likeness::Different,
            ),
            (
                "twins whose names sound alike",
                person("王伟", "621099201602290033", ""),
                person("王卫", "621099201602290050", ""),
                Likeness::Different,
            ),
        ];
        for (case, one, other, expected) in table {
            assert_eq!(likeness(&one, &other), expected, "{case}");
            assert_eq!(likeness(&other, &one), expected, "{case}, the other way round");
        }
    }

    fn anyone() -> impl Strategy<Value = Resident> {
        let names =
            prop_oneof![Just("王伟"), Just("王卫"), Just("王未"), Just("王末"), Just("李·伟"), Just("")];
        let numbers = prop_oneof![
            Just("621099194203150014"),
            Just("621099194203150030"),
            Just("621099201602290033"),
            Just("E12345678"),
            Just("")
        ];
        let births = prop_oneof![Just("1942-03-15"), Just("2016-02-29"), Just("")];
        let types = prop_oneof![Just("111"), Just("414")];
        (names, numbers, births, types).prop_map(|(name, id_no, birth, id_type)| Resident {
            id_type: id_type.to_owned(),
            ..person(name, id_no, birth)
        })
    }

    proptest! {
        #[test]
        fn the_rule_is_the_same_from_both_sides_and_never_joins_two_numbers(one in anyone(), other in anyone()) {
            let found = likeness(&one, &other);
            prop_assert_eq!(found, likeness(&other, &one));
            let same_number = !one.id_no.is_empty() && (&one.id_type, &one.id_no) == (&other.id_type, &other.id_no);
            prop_assert_eq!(matches!(found, Likeness::Same | Likeness::Contradiction), same_number);
            let two_numbers = one.id_type == other.id_type && !one.id_no.is_empty() && !other.id_no.is_empty();
            prop_assert!(!(found.suggests() && two_numbers));
        }
    }
}
