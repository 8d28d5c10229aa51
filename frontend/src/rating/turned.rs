//! The page that is turned to the resident. Five equal cards, none of them first; no way into the desk but what staff know.

use super::{
    draft::{Draft, Say},
    face::Face,
    hold::HoldButton,
    reasons::{Aspects, Reasons},
};
use crate::{
    dom, ipc,
    live::{use_answer, use_here},
    place::Step,
    texts::rating as texts,
    widgets::{Icon, TextField, Trouble},
};
use daiban_contract::{Failure, ask};
use daiban_domain::rating::{Channel, Grade};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case_no: AttrValue,
    /// Locks the desk; its password leads back.
    pub lock: Callback<()>,
}

/// How it ended, for the resident.
#[derive(Clone, Copy, PartialEq)]
enum Ended {
    Rated,
    Declined,
}

#[component]
pub fn RatePage(Props { case_no, lock }: &Props) -> Html {
    let here = use_here();
    let answer = use_answer(Some(ask::Case { case_no: case_no.to_string() }));
    let draft = use_reducer_eq(Draft::default);
    let ended = use_state_eq(|| None::<Ended>);
    let running = use_state_eq(|| false);
    let failure = use_state_eq(|| None::<Failure>);
    use_effect_with((), |()| {
        full_screen(true);
        || full_screen(false)
    });
    // Nobody's hand is led: the focus is on the page, not on a card.
    use_effect_with((draft.grade, *ended), |_| {
        dom::focus("#rate-page");
    });
    let say = {
        let draft = draft.dispatcher();
        use_callback((), move |say: Say, ()| draft.dispatch(say))
    };
    let request = draft.request(case_no, Channel::Tablet);
    let ready = request.is_some();
    let hand_in = {
        let (here, ended, running, failure) = (here.clone(), ended.clone(), running.clone(), failure.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(request) = request.clone().filter(|_| !*running) else { return };
            running.set(true);
            let (touch, ended, running, failure) =
                (here.touch.clone(), ended.clone(), running.clone(), failure.clone());
            spawn_local(async move {
                match ipc::ask(request).await {
                    Ok(_) => ended.set(Some(Ended::Rated)),
                    Err(refused) => failure.set(Some(refused)),
                }
                running.set(false);
                touch.emit(());
            });
        })
    };
    let decline = {
        let ended = ended.clone();
        Callback::from(move |_: MouseEvent| ended.set(Some(Ended::Declined)))
    };
    let no_menu = Callback::from(|event: MouseEvent| event.prevent_default());
    let case = answer.data.as_deref();
    let blocked = case.is_some_and(|case| !case.may_rate.here.is_empty()) && !*running;
    let body = match (*ended, draft.grade) {
        (Some(ended), _) => parting(if ended == Ended::Rated { texts::thanks() } else { texts::declined() }),
        (None, _) if blocked => parting(texts::not_now()),
        (None, None) => html! {
            <>
                <header>
                    <h1>{ texts::question() }</h1>
                    if let Some(case) = case.filter(|case| !case.discreet) {
                        <p id="rate-about" class="about">{ texts::about(&case.item_name) }</p>
                    }
                </header>
                <div class="faces">
                    { for Grade::ALL.into_iter().map(|grade| {
                        let onclick = say.reform(move |_: MouseEvent| Say::Grade(grade));
                        html! {
                            <button key={grade.code()} type="button" class="face" data-grade={grade.code().to_string()} {onclick}>
                                <Face {grade} />{ grade.zh() }
                            </button>
                        }
                    }) }
                </div>
                <button id="decline" type="button" class="button large" onclick={decline}>{ texts::not_this_time() }</button>
            </>
        },
        (None, Some(grade)) => {
            let again = say.reform(|_: MouseEvent| Say::Again);
            html! {
                <form class="more" onsubmit={hand_in}>
                    <header class="row">
                        <Face {grade} /><h1>{ texts::chosen(grade.zh()) }</h1>
                        <button id="rate-again" type="button" class="button" onclick={again}>{ texts::choose_again() }</button>
                    </header>
                    <div class="scroll">
                        if grade.bad() { <Why draft={Rc::new((*draft).clone())} say={say.clone()} /> }
                        <h2>{ texts::apart() }</h2>
                        <Aspects draft={Rc::new((*draft).clone())} say={say.clone()} />
                    </div>
                    <Trouble failure={(*failure).clone()} />
                    <div class="row">
                        <button id="hand-in" class="button primary large" disabled={!ready || *running}>{ texts::hand_in() }</button>
                        if !ready { <span class="soft">{ texts::choose_why() }</span> }
                    </div>
                </form>
            }
        }
    };
    html! {
        <main id="rate-page" class="rate" tabindex="-1" oncontextmenu={no_menu}>
            { body }
            <footer class="row">
                if ended.is_none() {
                    <span class="row"><Icon name="lock" />{ texts::secret() }</span>
                }
                <span class="spring" />
                <Staff lock={lock.clone()} />
            </footer>
        </main>
    }
}

fn parting(says: &str) -> Html {
    html! {
        <div class="parting" role="status">
            <Icon name="circle-check" />
            <h1 id="rate-ended">{ says }</h1><p class="about">{ texts::give_back() }</p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct WhyProps {
    draft: Rc<Draft>,
    say: Callback<Say>,
}

#[component]
fn Why(WhyProps { draft, say }: &WhyProps) -> Html {
    let oninput = say.reform(|event: InputEvent| {
        Say::Text(event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default())
    });
    html! {
        <>
            <h2>{ texts::why() }</h2>
            <Reasons draft={draft.clone()} say={say.clone()} />
            <div class="words">
                <div class="field">
                    <label for="rate-text">{ texts::own_words() }</label>
                    <textarea id="rate-text" class="input area" rows="3" value={draft.text.clone()} {oninput} />
                </div>
                <TextField id="rate-name" label={texts::name()} value={draft.name.clone()} on_value={say.reform(Say::Name)} />
                <TextField id="rate-phone" label={texts::phone()} value={draft.phone.clone()} keys="tel"
                    on_value={say.reform(Say::Phone)} />
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct StaffProps {
    lock: Callback<()>,
}

/// How staff come back: over the lock and their password, or by holding a corner where no password is set.
#[component]
fn Staff(StaffProps { lock }: &StaffProps) -> Html {
    let here = use_here();
    if here.desk.password_set {
        let onclick = lock.reform(|_: MouseEvent| ());
        return html! {
            <button id="rate-staff" class="plain small faint" {onclick}>{ texts::staff_password() }</button>
        };
    }
    let on_held = Callback::from(move |()| here.go(Step::Back));
    html! { <HoldButton id="rate-staff" says={texts::staff_hold()} {on_held} /> }
}

/// The page works without it, too: a window that can't is as large as it was.
fn full_screen(on: bool) {
    spawn_local(async move {
        let _ = ipc::ask(ask::FullScreen { on }).await;
    });
}
