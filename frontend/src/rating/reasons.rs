//! What is said beside the grade: reasons of a bad one, and single aspects.

use super::draft::{Draft, Say};
use crate::{texts::rating as texts, widgets::Icon};
use daiban_domain::rating::{Aspect, Grade, Reason};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft: Rc<Draft>,
    pub say: Callback<Say>,
}

#[component]
pub fn Reasons(Props { draft, say }: &Props) -> Html {
    html! {
        <div class="reasons" role="group" aria-label={texts::reasons()}>
            { for Reason::ALL.iter().copied().map(|reason| {
                let onclick = say.reform(move |_: MouseEvent| Say::Reason(reason));
                let said = draft.says(reason);
                html! {
                    <button key={reason.as_str()} type="button" class="button" data-reason={reason.as_str()}
                        aria-pressed={said.to_string()} {onclick}>
                        if said { <Icon name="check" /> }{ reason.zh() }
                    </button>
                }
            }) }
        </div>
    }
}

#[component]
pub fn Aspects(Props { draft, say }: &Props) -> Html {
    html! {
        <div class="aspects">
            { for Aspect::ALL.iter().copied().map(|aspect| {
                let said = draft.aspects.get(&aspect).copied();
                let onchange = say.reform(move |event: Event| {
                    let select = event.target_dyn_into::<HtmlSelectElement>();
                    let code = select.and_then(|select| select.value().parse::<u8>().ok());
                    Say::Aspect(aspect, code.and_then(|code| Grade::try_from(code).ok()))
                });
                let id = format!("aspect-{}", aspect.as_str().to_lowercase());
                html! {
                    <div class="field" key={aspect.as_str()}>
                        <label for={id.clone()}>{ aspect.zh() }</label>
                        <select {id} class="input" {onchange}>
                            <option value="" selected={said.is_none()}>{ texts::not_said() }</option>
                            { for Grade::ALL.into_iter().map(|grade| html! {
                                <option value={grade.code().to_string()} selected={said == Some(grade)}>{ grade.zh() }</option>
                            }) }
                        </select>
                    </div>
                }
            }) }
        </div>
    }
}
