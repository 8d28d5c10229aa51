//! The first start where no line reaches: an application goes to the county on a stick, and its answer comes back.

use super::enrol::{Password, Secured};
use crate::{
    dom, ipc,
    texts::enrol as texts,
    widgets::{Icon, PickButton, Pickable, TextField, Trouble},
};
use daiban_contract::{
    Failure,
    act::{AskEnrolment, FinishEnrolment},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AskProps {
    /// To the other ways.
    pub children: Html,
}

/// The first step.
#[component]
pub fn AskCard(AskProps { children }: &AskProps) -> Html {
    let form = use_state_eq(|| AskEnrolment {
        code: String::new(),
        device: String::new(),
        user: String::new(),
        file: String::new(),
    });
    let outcome = use_state_eq(|| None::<Result<String, Failure>>);
    use_effect_with((), |()| {
        dom::focus("#code");
    });
    let set = |put: fn(&mut AskEnrolment, String)| {
        let form = form.clone();
        Callback::from(move |text: String| {
            let mut next = (*form).clone();
            put(&mut next, text);
            form.set(next);
        })
    };
    let whole = [&form.code, &form.device, &form.user, &form.file].iter().all(|text| !text.trim().is_empty());
    let onsubmit = {
        let (form, outcome) = (form.clone(), outcome.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !whole {
                return;
            }
            let (mut request, outcome) = ((*form).clone(), outcome.clone());
            request.file = request.file.trim().to_owned();
            spawn_local(async move {
                outcome.set(Some(ipc::ask(request).await.map(|asked| asked.file)));
            });
        })
    };
    let on_failure = {
        let outcome = outcome.clone();
        Callback::from(move |failure| outcome.set(Some(Err(failure))))
    };
    html! {
        <form class="card" {onsubmit}>
            <h1>{ texts::ask_title() }</h1>
            <p class="soft">{ texts::ask_explained() }</p>
            <TextField id="code" label={texts::code()} value={form.code.clone()} on_value={set(|form, text| form.code = text)} />
            <div class="halves">
                <TextField id="device" label={texts::device_name()} value={form.device.clone()} hint={texts::device_hint()}
                    on_value={set(|form, text| form.device = text)} />
                <TextField id="user" label={texts::user()} value={form.user.clone()} hint={texts::name()}
                    on_value={set(|form, text| form.user = text)} />
            </div>
            <TextField id="ask-path" label={texts::save_where()} value={form.file.clone()} on_value={set(|form, text| form.file = text)}>
                <PickButton what={Pickable::Folder} id="ask-pick" on_pick={set(|form, text| form.file = text)} {on_failure} />
            </TextField>
            <p id="ask-result" role="status" data-done={matches!(&*outcome, Some(Ok(_))).then_some("true")}>
                if let Some(Ok(file)) = &*outcome {
                    { texts::asked(file) }
                }
            </p>
            <Trouble failure={outcome.as_ref().and_then(|outcome| outcome.as_ref().err().cloned())} />
            <button id="ask" class="button primary large wide" disabled={!whole}>
                <Icon name="usb" />{ texts::save_application() }
            </button>
            <div class="row wrap">{ children.clone() }</div>
        </form>
    }
}

#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    pub on_enrolled: Callback<()>,
    pub children: Html,
}

/// The second step.
#[component]
pub fn AnswerCard(AnswerProps { on_enrolled, children }: &AnswerProps) -> Html {
    let file = use_state_eq(String::new);
    let secured = use_state_eq(|| None::<Secured>);
    let running = use_state_eq(|| false);
    let failure = use_state_eq(|| None::<Failure>);
    use_effect_with((), |()| {
        dom::focus("#answer-path");
    });
    let whole = secured.is_some() && !file.trim().is_empty();
    let onsubmit = {
        let (file, running, failure) = (file.clone(), running.clone(), failure.clone());
        let (password, on_enrolled) = ((*secured).clone().and_then(|secured| secured.0), on_enrolled.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !whole || *running {
                return;
            }
            running.set(true);
            let (running, failure, on_enrolled) = (running.clone(), failure.clone(), on_enrolled.clone());
            let request = FinishEnrolment { file: file.trim().to_owned(), password: password.clone() };
            spawn_local(async move {
                let outcome = ipc::ask(request).await;
                running.set(false);
                match outcome {
                    Ok(_) => on_enrolled.emit(()),
                    Err(error) => failure.set(Some(error)),
                }
            });
        })
    };
    let on_path = {
        let file = file.clone();
        Callback::from(move |text: String| file.set(text))
    };
    let on_failure = {
        let failure = failure.clone();
        Callback::from(move |error| failure.set(Some(error)))
    };
    let on_secured = Callback::from(move |how| secured.set(how));
    html! {
        <form class="card" {onsubmit}>
            <h1>{ texts::answer_title() }</h1>
            <p class="soft">{ texts::answer_explained() }</p>
            <TextField id="answer-path" label={texts::answer_file()} value={(*file).clone()} on_value={on_path.clone()}>
                <PickButton what={Pickable::File} id="answer-pick" on_pick={on_path} {on_failure} />
            </TextField>
            <Password name="" {on_secured} />
            <Trouble failure={(*failure).clone()} />
            <button id="finish" class="button primary large wide" disabled={!whole || *running}>
                <Icon name="laptop" />{ if *running { texts::enrolling() } else { texts::enrol() } }
            </button>
            <div class="row wrap">{ children.clone() }</div>
        </form>
    }
}
