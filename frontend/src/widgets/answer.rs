//! Where an answer to a field of an item is given: a control that fits the field's type.

use crate::{dom, live::use_here, texts::controls as texts, widgets::DateInput};
use daiban_domain::item::field::Kind;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// More options than that are a list to open.
const SIDE_BY_SIDE: usize = 4;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Of what takes the focus.
    pub id: AttrValue,
    pub label: AttrValue,
    pub kind: Kind,
    /// A choice's.
    #[prop_or_default]
    pub options: Vec<String>,
    pub value: AttrValue,
    pub on_value: Callback<String>,
    #[prop_or_default]
    pub required: bool,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub wrong: bool,
    #[prop_or_default]
    pub onkeydown: Callback<KeyboardEvent>,
    /// Of the sentence beneath.
    pub says_id: AttrValue,
}

#[component]
pub fn Answer(props: &Props) -> Html {
    let here = use_here();
    let pairs = |of: &[String]| of.iter().map(|one| (one.clone(), one.clone())).collect::<Vec<_>>();
    match props.kind {
        Kind::YesNo => {
            radios(props, &[("true".into(), texts::yes().into()), ("false".into(), texts::no().into())])
        }
        // What stands there already and is no option is shown as it is, not as nothing.
        Kind::Choice if !props.options.is_empty() => {
            let mut options = pairs(&props.options);
            if !props.value.is_empty() && !props.options.iter().any(|option| *option == *props.value) {
                options.push((props.value.to_string(), texts::no_option(&props.value)));
            }
            if options.len() <= SIDE_BY_SIDE {
                radios(props, &options)
            } else {
                list(props, texts::not_chosen(), &options)
            }
        }
        Kind::Village => {
            let units = here.desk.units.iter().map(|unit| (unit.code.to_string(), unit.name.clone()));
            let others = units.filter(|(_, name)| *name != here.desk.unit_name);
            list(props, &here.desk.unit_name, &others.collect::<Vec<_>>())
        }
        Kind::Table | Kind::LongText => area(props),
        Kind::Day => html! {
            <DateInput id={props.id.clone()} label={props.label.clone()} value={props.value.clone()} on_value={props.on_value.clone()}
                hint={props.hint.clone()} wrong={props.wrong} onkeydown={props.onkeydown.clone()} says_id={props.says_id.clone()} />
        },
        kind => line(props, kind),
    }
}

/// Arrow keys move the choice, as the browser has it.
fn radios(props: &Props, options: &[(String, String)]) -> Html {
    let onchange = {
        let on_value = props.on_value.clone();
        Callback::from(move |event: Event| {
            event
                .target_dyn_into::<HtmlInputElement>()
                .into_iter()
                .for_each(|radio| on_value.emit(radio.value()));
        })
    };
    let nothing = (!props.required).then(|| (String::new(), texts::not_said().to_owned()));
    let options: Vec<(String, String)> = options.iter().cloned().chain(nothing).collect();
    // The one that is chosen takes the focus, or the first.
    let first = options.iter().position(|(one, _)| *one == *props.value).unwrap_or_default();
    html! {
        <span class="choices" role="radiogroup" aria-label={props.label.clone()} aria-describedby={props.says_id.clone()}
            onkeydown={props.onkeydown.clone()}>
            { for options.iter().enumerate().map(|(place, (one, says))| html! {
                <label class="choice" key={one.clone()}>
                    <input type="radio" id={(place == first).then(|| props.id.clone())} name={props.id.clone()}
                        value={one.clone()} checked={*one == *props.value} onchange={onchange.clone()} />
                    { says }
                </label>
            }) }
        </span>
    }
}

fn list(props: &Props, nothing: &str, options: &[(String, String)]) -> Html {
    let on_value = props.on_value.clone();
    let onchange = Callback::from(move |event: Event| {
        event
            .target_dyn_into::<HtmlSelectElement>()
            .into_iter()
            .for_each(|select| on_value.emit(select.value()));
    });
    html! {
        <select id={props.id.clone()} class="input" {onchange} onkeydown={props.onkeydown.clone()}
            aria-label={props.label.clone()} aria-describedby={props.says_id.clone()}>
            <option value="" selected={props.value.is_empty()}>{ nothing }</option>
            { for options.iter().map(|(one, says)| html! {
                <option value={one.clone()} selected={*one == *props.value}>{ says }</option>
            }) }
        </select>
    }
}

fn area(props: &Props) -> Html {
    let on_value = props.on_value.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        event
            .target_dyn_into::<HtmlTextAreaElement>()
            .into_iter()
            .for_each(|area| on_value.emit(area.value()));
    });
    html! {
        <textarea id={props.id.clone()} class="input area" rows="3" value={props.value.clone()} {oninput}
            onkeydown={props.onkeydown.clone()} placeholder={props.hint.clone()} aria-label={props.label.clone()}
            aria-describedby={props.says_id.clone()} aria-invalid={props.wrong.then_some("true")} />
    }
}

fn line(props: &Props, kind: Kind) -> Html {
    let on_value = props.on_value.clone();
    let oninput = Callback::from(move |event: InputEvent| on_value.emit(dom::value(&event)));
    let keys = match kind {
        Kind::Phone => Some("tel"),
        Kind::Whole | Kind::Year | Kind::Month | Kind::BankCard | Kind::County | Kind::Postcode => {
            Some("numeric")
        }
        Kind::Money | Kind::Decimal | Kind::TwoDecimals | Kind::Area => Some("decimal"),
        _ => None,
    };
    let unit = match kind {
        Kind::Money => texts::yuan(),
        Kind::Area => texts::mu(),
        _ => "",
    };
    html! {
        <span class="input">
            <input id={props.id.clone()} value={props.value.clone()} {oninput} onkeydown={props.onkeydown.clone()}
                placeholder={props.hint.clone()} inputmode={keys} autocomplete="off" spellcheck="false"
                aria-label={props.label.clone()} aria-describedby={props.says_id.clone()}
                aria-invalid={props.wrong.then_some("true")} />
            if !unit.is_empty() && !props.label.contains(unit) { <span class="soft">{ unit }</span> }
        </span>
    }
}
