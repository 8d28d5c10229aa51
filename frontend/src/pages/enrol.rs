//! The first start of a new machine: a code of the county centre binds it to a unit.

use super::{
    enrol_by_file::{AnswerCard, AskCard},
    restore::RestoreCard,
};
use crate::{
    dom, ipc,
    practice::Practice,
    texts::{enrol as texts, frame, practice, restore},
    users::NewPassword,
    widgets::{Icon, TextField, Trouble},
};
use daiban_contract::{Failure, Secret, act::Enrol};
use daiban_domain::Level;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The machine now belongs to a unit.
    pub on_enrolled: Callback<()>,
    /// It goes on from a backup; whoever works at it has before.
    pub on_restored: Callback<()>,
    pub practise: Callback<Practice>,
    /// What is practised on is being made.
    pub making: bool,
}

/// How the machine comes to its unit.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Line,
    Ask,
    Answer,
    Restore,
}

#[component]
pub fn EnrolPage(Props { on_enrolled, on_restored, practise, making }: &Props) -> Html {
    let way = use_state_eq(|| Way::Line);
    let go = |to: Way| {
        let way = way.clone();
        Callback::from(move |_: MouseEvent| way.set(to))
    };
    let begin =
        |at: Level| practise.reform(move |_: MouseEvent| Practice::Begin { guided: true, at: Some(at) });
    let (line, ask, answer, to_backup) = (go(Way::Line), go(Way::Ask), go(Way::Answer), go(Way::Restore));
    html! {
        <main class="enrol">
            { match *way {
                Way::Line => html! {
                    <ByLine {on_enrolled}>
                        { other("by-stick", texts::by_stick(), ask) }
                        { other("by-backup", restore::instead(), to_backup) }
                        <span class="spring" />
                        if *making {
                            <span class="soft" role="status">{ practice::making() }</span>
                        } else {
                            <button type="button" id="practise" class="button quiet" onclick={begin(Level::Village)}>
                                { practice::practise_first() }
                            </button>
                            <button type="button" id="practise-township" class="button quiet" onclick={begin(Level::Township)}>
                                { practice::practise_township() }
                            </button>
                            <button type="button" id="practise-county" class="button quiet" onclick={begin(Level::County)}>
                                { practice::practise_county() }
                            </button>
                        }
                    </ByLine>
                },
                Way::Ask => html! {
                    <AskCard>
                        { other("has-answer", texts::has_answer(), answer) }
                        { other("by-line", texts::by_line(), line) }
                    </AskCard>
                },
                Way::Answer => html! {
                    <AnswerCard {on_enrolled}>{ other("by-stick", texts::first_step(), ask) }</AnswerCard>
                },
                Way::Restore => html! {
                    <RestoreCard {on_restored}>{ other("by-line", restore::enrol_instead(), line) }</RestoreCard>
                },
            } }
        </main>
    }
}

fn other(id: &'static str, says: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {id} class="button quiet" {onclick}>{ says }</button> }
}

#[derive(Properties, PartialEq)]
struct ByLineProps {
    on_enrolled: Callback<()>,
    /// To the other ways.
    children: Html,
}

#[component]
fn ByLine(ByLineProps { on_enrolled, children }: &ByLineProps) -> Html {
    let form = use_state_eq(|| Enrol {
        hub: "https://".into(),
        code: String::new(),
        device: String::new(),
        user: String::new(),
        password: None,
    });
    let secured = use_state_eq(|| None::<Secured>);
    let running = use_state_eq(|| false);
    let failure = use_state_eq(|| None::<Failure>);
    use_effect_with((), |()| {
        dom::focus("#hub");
    });
    let set = |put: fn(&mut Enrol, String)| {
        let form = form.clone();
        Callback::from(move |text: String| {
            let mut next = (*form).clone();
            put(&mut next, text);
            form.set(next);
        })
    };
    let whole = secured.is_some()
        && [&form.hub, &form.code, &form.device, &form.user].iter().all(|text| !text.trim().is_empty());
    let onsubmit = {
        let (form, running, failure) = (form.clone(), running.clone(), failure.clone());
        let password = (*secured).clone().and_then(|secured| secured.0);
        let on_enrolled = on_enrolled.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !whole || *running {
                return;
            }
            running.set(true);
            let (running, failure, on_enrolled) = (running.clone(), failure.clone(), on_enrolled.clone());
            let request = Enrol {
                hub: form.hub.trim().to_owned(),
                code: form.code.trim().to_owned(),
                device: form.device.trim().to_owned(),
                user: form.user.trim().to_owned(),
                password: password.clone(),
            };
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
    let on_secured = Callback::from(move |how| secured.set(how));
    html! {
            <form class="card" {onsubmit}>
                <h1><span class="brand">{ frame::brand() }</span>{ texts::not_enrolled() }</h1>
                <p class="soft">{ texts::ask_for_code() }</p>
                <TextField id="hub" label={texts::hub()} value={form.hub.clone()} hint="https://10.0.0.5:7621"
                    on_value={set(|form, text| form.hub = text)} />
                <TextField id="code" label={texts::code()} value={form.code.clone()} on_value={set(|form, text| form.code = text)} />
                <div class="halves">
                <TextField id="device" label={texts::device_name()} value={form.device.clone()} hint={texts::device_hint()}
                    on_value={set(|form, text| form.device = text)} />
                <TextField id="user" label={texts::user()} value={form.user.clone()} hint={texts::name()}
                    on_value={set(|form, text| form.user = text)} />
                </div>
                <Password name={form.user.clone()} {on_secured} />
                <Trouble failure={(*failure).clone()} />
                <button id="enrol" class="button primary large wide" disabled={!whole || *running}>
                    <Icon name="laptop" />{ if *running { texts::calling() } else { texts::enrol() } }
                </button>
                <div class="row wrap">{ children.clone() }</div>
            </form>
    }
}

/// A password that stands, or the will to go without one.
#[derive(Clone, PartialEq)]
pub struct Secured(pub Option<Secret>);

#[derive(Properties, PartialEq)]
pub struct PasswordProps {
    /// Whose it will be.
    pub name: AttrValue,
    pub on_secured: Callback<Option<Secured>>,
}

/// The first user's password. Only the sample county is practised in without one.
#[component]
pub fn Password(PasswordProps { name, on_secured }: &PasswordProps) -> Html {
    let practice = use_state_eq(|| false);
    let on_practice = {
        let (practice, on_secured) = (practice.clone(), on_secured.clone());
        Callback::from(move |_: Event| {
            practice.set(!*practice);
            on_secured.emit((!*practice).then_some(Secured(None)));
        })
    };
    let on_password = on_secured.reform(|new: Option<Secret>| new.map(|new| Secured(Some(new))));
    html! {
        <>
            if *practice {
                <p class="note-box">{ texts::no_password() }</p>
            } else {
                <NewPassword name={name.clone()} label={texts::own_password()} on_value={on_password} />
            }
            <label class="choice dense soft">
                <input id="practice" type="checkbox" checked={*practice} onchange={on_practice} />
                { texts::sample_only() }
            </label>
        </>
    }
}
