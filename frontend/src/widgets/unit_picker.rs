//! A township or a village of the county, found by typing: name, initials or code.

use crate::{
    dom,
    live::use_answer,
    texts::units as texts,
    widgets::{
        Icon,
        choices::{Choice, Choices, Group},
        table::step,
    },
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

#[component]
pub fn UnitPicker(props: &Props) -> Html {
    let (open, text, marked) = (use_state_eq(|| false), use_state_eq(String::new), use_state_eq(|| 0_usize));
    let units = use_answer(open.then_some(ask::Units {})).data.filter(|_| *open);
    let found = units.as_ref().map(|units| found(units, &text)).unwrap_or_default();
    let mut choices: Vec<(Option<UnitCode>, Choice)> =
        found.iter().map(|unit| (Some(unit.code), choice(unit))).collect();
    if text.is_empty() {
        let all = Choice { id: "all".into(), says: props.all.clone(), more: AttrValue::default() };
        choices.insert(0, (None, all));
    }
    let codes: Vec<Option<UnitCode>> = choices.iter().map(|(code, _)| *code).collect();
    let choose = {
        let (open, text, marked, codes) = (open.clone(), text.clone(), marked.clone(), codes.clone());
        let on_unit = props.on_unit.clone();
        Callback::from(move |at: usize| {
            open.set(false);
            text.set(String::new());
            marked.set(0);
            codes.get(at).into_iter().for_each(|code| on_unit.emit(*code));
        })
    };
    let oninput = {
        let (open, text, marked) = (open.clone(), text.clone(), marked.clone());
        Callback::from(move |event: InputEvent| {
            open.set(true);
            text.set(dom::value(&event));
            marked.set(0);
        })
    };
    let show = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(true))
    };
    let onblur = {
        let (open, text) = (open.clone(), text.clone());
        Callback::from(move |_: FocusEvent| {
            open.set(false);
            text.set(String::new());
        })
    };
    let onkeydown = {
        let (open, text, marked, choose, count) =
            (open.clone(), text.clone(), marked.clone(), choose.clone(), codes.len());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                _ if event.is_composing() || event.ctrl_key() || event.alt_key() => return,
                "Escape" if *open => {
                    open.set(false);
                    text.set(String::new());
                }
                "Enter" if *open => choose.emit(*marked),
                "ArrowDown" | "Enter" if !*open => open.set(true),
                key @ ("ArrowDown" | "ArrowUp" | "PageDown" | "PageUp") if *open => {
                    step(key, *marked, count, 8).into_iter().for_each(|to| marked.set(to));
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let shown = if *open {
        (*text).clone()
    } else {
        props.chosen.map(|_| props.name.to_string()).unwrap_or_default()
    };
    let list_id = format!("{}-list", props.id);
    let active = (*open && !codes.is_empty()).then(|| format!("{list_id}-{}", *marked));
    html! {
        <div class="unit-picker">
            <span class="input small">
                <input id={props.id.clone()} role="combobox" value={shown} {oninput} {onblur} {onkeydown} onclick={show}
                    placeholder={props.all.clone()} autocomplete="off" spellcheck="false" aria-label={props.label.clone()}
                    aria-expanded={open.to_string()} aria-controls={open.then(|| list_id.clone())} aria-activedescendant={active}
                    aria-autocomplete="list" />
                <Icon name="chevron-down" />
            </span>
            if *open {
                <div class="drop">
                    <Choices id={list_id} label={props.label.clone()} marked={*marked} on_choose={choose}
                        groups={vec![Group { name: AttrValue::default(), choices: choices.into_iter().map(|(_, choice)| choice).collect() }]} />
                    if units.is_some() && codes.is_empty() { <p class="dense soft">{ texts::none_found() }</p> }
                </div>
            }
        </div>
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
