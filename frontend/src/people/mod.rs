//! Who works where: their roles, who stands in for whom, and who takes a village's cases over.

mod given;
mod person;
mod standing_in;

pub use person::Person;
pub use standing_in::StandingIn;

use daiban_contract::view::StaffView;
use daiban_domain::{Role, UnitCode};

/// The roles of somebody, as far as this program knows them.
pub fn roles(person: &StaffView) -> Vec<Role> {
    person.roles.iter().filter_map(|role| role.parse().ok()).collect()
}

/// Those of a unit and below whose name has a text in it: the higher units first, each with its people by name.
pub fn found<'a>(people: &'a [StaffView], unit: Option<UnitCode>, name: &str) -> Vec<&'a StaffView> {
    let name = name.trim();
    let fits =
        |person: &&StaffView| unit.is_none_or(|unit| unit.covers(person.unit)) && person.name.contains(name);
    let mut found: Vec<&StaffView> = people.iter().filter(fits).collect();
    found.sort_by(|a, b| (a.unit, &a.name).cmp(&(b.unit, &b.name)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_domain::PersonId;

    fn person(n: u8, unit: &str, name: &str) -> StaffView {
        StaffView {
            person: PersonId([n; 8]),
            name: name.to_owned(),
            unit: unit.parse().unwrap(),
            unit_name: String::new(),
            roles: vec!["AGENT".to_owned(), "LATER".to_owned()],
            staff: None,
        }
    }

    #[test]
    fn people_are_found_by_unit_and_name() {
        let people = [
            person(1, "621099100200", "李秀兰"),
            person(2, "621099100000", "王建国"),
            person(3, "621099101200", "李四"),
        ];
        let names = |unit: Option<&str>, name: &str| {
            let unit = unit.map(|unit| unit.parse().unwrap());
            found(&people, unit, name).into_iter().map(|person| person.name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(names(None, ""), ["王建国", "李秀兰", "李四"], "the township before its villages");
        assert_eq!(names(None, " 李 "), ["李秀兰", "李四"]);
        assert_eq!(names(Some("621099100000"), "李"), ["李秀兰"]);
        assert!(names(Some("621099102000"), "").is_empty());
        assert_eq!(roles(&people[0]), [Role::Agent], "a role of a later program is left alone");
    }
}
