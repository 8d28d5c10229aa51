//! A rating that came on paper or by telephone, typed in by somebody who didn't handle the case.

use super::{
    draft::{Draft, Say},
    reasons::{Aspects, Reasons},
};
use crate::{
    dom,
    live::{Told, use_here},
    says::{self, Says},
    texts::rating as texts,
    widgets::TextField,
};
use daiban_domain::{
    item::field::day,
    rating::{Channel, Grade},
};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case_no: AttrValue,
    pub close: Callback<()>,
}

#[component]
pub fn SlipForm(Props { case_no, close }: &Props) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let draft = use_reducer_eq(Draft::default);
    let channel = use_state_eq(|| Channel::Paper);
    let on = use_state_eq(|| today.to_string());
    let number = use_state_eq(String::new);
    let running = use_state_eq(|| false);
    use_effect_with((), |()| {
        dom::focus("#slip-grade-1");
    });
    let say = {
        let draft = draft.dispatcher();
        use_callback((), move |say: Say, ()| draft.dispatch(say))
    };
    let rated_on = day(&on);
    let request = rated_on.and_then(|day| draft.of_slip(case_no, *channel, day, &number));
    let ready = request.is_some();
    let onsubmit = {
        let (here, close, running) = (here.clone(), close.clone(), running.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(request) = request.clone().filter(|_| !*running) else { return };
            running.set(true);
            let (tell, close, running) = (here.tell.clone(), close.clone(), running.clone());
            here.act(request, move |outcome| {
                running.set(false);
                if let Ok(rated) = outcome {
                    tell.emit(Told::Done(match rated.matter {
                        Some(matter) => texts::kept_and_looked_into(&matter.matter_no),
                        None => texts::kept().to_owned(),
                    }));
                    close.emit(());
                }
            });
        })
    };
    let radio = |name: &'static str, value: String, says: &'static str, checked: bool, set: Callback<()>| {
        let onchange = Callback::from(move |event: Event| {
            if event.target_dyn_into::<HtmlInputElement>().is_some_and(|radio| radio.checked()) {
                set.emit(());
            }
        });
        html! {
            <label class="choice" key={value.clone()}>
                <input type="radio" {name} id={format!("{name}-{value}")} value={value.clone()} {checked} {onchange} />{ says }
            </label>
        }
    };
    let on_value = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text: String| state.set(text))
    };
    let on_channel = |to: Channel| {
        let channel = channel.clone();
        Callback::from(move |()| channel.set(to))
    };
    let oninput = say.reform(|event: InputEvent| Say::Text(dom::value(&event)));
    let whole = Rc::new((*draft).clone());
    let day_says = if rated_on.is_some() { None } else { Says::wrong(texts::day_like()) };
    let cancel = close.reform(|_: MouseEvent| ());
    html! {
        <form id="slip" class="stack" {onsubmit}>
            <div class="choices" role="radiogroup" aria-label={texts::how()}>
                { radio("slip-channel", "PAPER".into(), texts::paper(), *channel == Channel::Paper, on_channel(Channel::Paper)) }
                { radio("slip-channel", "PHONE".into(), texts::by_phone(), *channel == Channel::Phone, on_channel(Channel::Phone)) }
            </div>
            <div class="choices" role="radiogroup" aria-label={texts::grade()}>
                { for Grade::ALL.into_iter().map(|grade| radio("slip-grade", grade.code().to_string(), grade.zh(),
                    draft.grade == Some(grade), say.reform(move |()| Say::Grade(grade)))) }
            </div>
            if draft.asks_why() { <Reasons draft={whole.clone()} say={say.clone()} /> }
            <Aspects draft={whole} say={say.clone()} />
            <div class="halves">
                <TextField id="slip-day" label={texts::day()} value={(*on).clone()} on_value={on_value(&on)} says={day_says} keys="numeric" />
                <TextField id="slip-no" label={texts::slip_no()} value={(*number).clone()} on_value={on_value(&number)} />
                <TextField id="slip-name" label={texts::rater_name()} value={draft.name.clone()} on_value={say.reform(Say::Name)}
                    says={says::name(&draft.name)} />
                <TextField id="slip-phone" label={texts::rater_phone()} value={draft.phone.clone()} on_value={say.reform(Say::Phone)}
                    says={says::phone(&draft.phone)} keys="tel" />
            </div>
            <div class="field">
                <label for="slip-text">{ texts::words() }</label>
                <textarea id="slip-text" class="input area" rows="2" value={draft.text.clone()} {oninput} />
            </div>
            <div class="row">
                <button id="keep-slip" class="button" disabled={!ready || *running}>{ texts::keep() }</button>
                <button type="button" class="button quiet" onclick={cancel}>{ texts::not_yet() }</button>
            </div>
        </form>
    }
}
