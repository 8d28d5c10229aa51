//! A township or a village of the county, found by typing: name, initials or code.

use crate::{
    live::use_answer,
    texts::units as texts,
    widgets::{Combobox, choices::Choice},
};
use daiban_contract::{ask, view::UnitView};
use daiban_domain::UnitCode;
use yew::prelude::*;

/// More than anybody looks through; a letter more finds fewer.
const SHOWN: usize = 60;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    pub chosen: Option<UnitCode>,
    /// Of the one that is chosen.
    pub name: AttrValue,
    /// What stands for none in particular.
    pub all: AttrValue,
    pub on_unit: Callback<Option<UnitCode>>,
}

/// Of what stands for none in particular.
const ALL: &str = "all";

#[component]
pub fn UnitPicker(props: &Props) -> Html {
    let open = use_state_eq(|| false);
    let units = use_answer(open.then_some(ask::Units {})).data.filter(|_| *open);
    let find = {
        let all = Choice { id: ALL.into(), says: props.all.clone(), more: AttrValue::default() };
        Callback::from(move |text: String| {
            let all = text.is_empty().then(|| all.clone());
            match &units {
                Some(units) => {
                    Some(all.into_iter().chain(found(units, &text).into_iter().map(choice)).collect())
                }
                None => all.map(|all| vec![all]),
            }
        })
    };
    let on_choose = props.on_unit.reform(|id: AttrValue| id.parse().ok());
    let chosen = if props.chosen.is_some() { props.name.clone() } else { AttrValue::default() };
    html! {
        <Combobox id={props.id.clone()} label={props.label.clone()} {chosen} hint={props.all.clone()} none={texts::none_found()}
            {find} {on_choose} on_open={move |now| open.set(now)} />
    }
}

fn choice(unit: &UnitView) -> Choice {
    let more = if unit.ended { texts::ended(&unit.kind) } else { unit.kind.clone() };
    Choice { id: unit.code.to_string().into(), says: unit.short_name.clone().into(), more: more.into() }
}

/// Those that a text means: its beginning first, then what has it inside.
fn found<'a>(units: &'a [UnitView], text: &str) -> Vec<&'a UnitView> {
    let text = text.trim().to_lowercase();
    let begins = |unit: &&UnitView| {
        unit.short_name.starts_with(&text)
            || unit.initials.starts_with(&text)
            || unit.code.to_string().starts_with(&text)
    };
    let contains = |unit: &&UnitView| unit.full_name.contains(&text) || unit.initials.contains(&text);
    let first = units.iter().filter(begins);
    let then = units.iter().filter(|unit| !begins(unit) && contains(unit));
    first.chain(then).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_domain::Level;

    fn unit(code: &str, name: &str, initials: &str) -> UnitView {
        UnitView {
            code: code.parse().unwrap(),
            full_name: format!("清源县{name}"),
            short_name: name.to_owned(),
            initials: initials.to_owned(),
            level: Level::Village,
            kind: String::new(),
            valid_from: None,
            valid_to: None,
            ended: false,
            successor_code: None,
        }
    }

    #[test]
    fn units_are_found_as_people_type_them() {
        let units = [
            unit("621099100200", "上塬村", "syc"),
            unit("621099100201", "柳湾村", "lwc"),
            unit("621099101200", "塬上村", "ysc"),
        ];
        let names = |text: &str| {
            found(&units, text).into_iter().map(|unit| unit.short_name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(names(""), ["上塬村", "柳湾村", "塬上村"]);
        assert_eq!(names("塬"), ["塬上村", "上塬村"], "what begins so comes first");
        assert_eq!(names(" LW "), ["柳湾村"]);
        assert_eq!(names("y"), ["塬上村", "上塬村"]);
        assert_eq!(names("6210991012"), ["塬上村"]);
        assert!(names("没有").is_empty());
    }
}
