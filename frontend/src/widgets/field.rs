//! A field: label above, sentence beneath.

use crate::{
    dom,
    says::{Says, Tone},
    texts::marks as texts,
    widgets::Icon,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub on_value: Callback<String>,
    #[prop_or_default]
    pub says: Option<Says>,
    #[prop_or_default]
    pub required: bool,
    #[prop_or_default]
    pub hint: AttrValue,
    /// `numeric`, `tel` …: which keys a touch screen offers.
    #[prop_or_default]
    pub keys: Option<AttrValue>,
    /// Keeps a line for the sentence, so that nothing jumps while a person types.
    #[prop_or_default]
    pub steady: bool,
    /// A password: nobody reads it over the shoulder.
    #[prop_or_default]
    pub secret: bool,
    /// Buttons inside the field, after the text.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn TextField(props: &Props) -> Html {
    let oninput = {
        let on_value = props.on_value.clone();
        Callback::from(move |event: InputEvent| on_value.emit(dom::value(&event)))
    };
    let wrong = props.says.as_ref().is_some_and(|says| says.tone == Tone::Wrong);
    let says_id = format!("{}-says", props.id);
    html! {
        <div class={classes!("field", wrong.then_some("wrong"), props.steady.then_some("steady"))}>
            <label for={props.id.clone()}>
                { &props.label }
                if props.required { <span class="must">{ texts::required() }</span> }
            </label>
            <span class="input">
                <input id={props.id.clone()} type={if props.secret { "password" } else { "text" }} value={props.value.clone()} {oninput} placeholder={props.hint.clone()}
                    inputmode={props.keys.clone()} autocomplete="off" spellcheck="false"
                    aria-describedby={says_id.clone()} aria-invalid={wrong.then_some("true")} />
                { props.children.clone() }
            </span>
            <Beneath id={says_id} says={props.says.clone()} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct BeneathProps {
    pub id: AttrValue,
    pub says: Option<Says>,
}

/// The sentence beneath a field.
#[component]
pub fn Beneath(BeneathProps { id, says }: &BeneathProps) -> Html {
    let (class, icon) = match says.as_ref().map(|says| says.tone) {
        Some(Tone::Good) => (Some("good"), Some("circle-check")),
        Some(Tone::Wrong) => (Some("wrong"), Some("circle-alert")),
        _ => (None, None),
    };
    html! {
        <p id={id.clone()} class={classes!("says", class)}>
            if let Some(says) = says {
                if let Some(icon) = icon { <Icon name={icon} /> }
                <span>{ &says.text }</span>
            }
        </p>
    }
}
