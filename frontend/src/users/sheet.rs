//! The users of this machine, over the page: who is at work, another password, one more user, one less.

use super::NewPassword;
use crate::{
    dom, ipc,
    live::{Here, Told, use_answer, use_here},
    texts::users as texts,
    widgets::{Icon, Sheet, TextField, Trouble},
};
use daiban_contract::{
    Failure, Request, Secret,
    act::{AddUser, ChangeSetting, RemoveUser, SetPassword},
    ask::Users,
    view::{UserRow, UsersView},
};
use daiban_domain::PersonId;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Minutes after which a desk may lock itself.
const MINUTES: [u32; 5] = [1, 5, 10, 30, 60];

/// What is being done to them.
#[derive(Clone, Copy, PartialEq)]
enum Doing {
    Password,
    Adding,
    Removing(PersonId),
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Locks the desk, for somebody else or for nobody.
    pub lock: Callback<()>,
}

#[component]
pub fn UsersSheet(Props { lock }: &Props) -> Html {
    let here = use_here();
    let answer = use_answer(Some(Users {}));
    let doing = use_state_eq(|| None::<Doing>);
    let head = html! { <span class="soft">{ &here.desk.device }</span> };
    let sheet = |body: Html| {
        html! {
            <Sheet id="users" title={texts::users()} class="users" first="#users-close" on_close={here.back()} {head}>
                { body }
            </Sheet>
        }
    };
    let Some(view) = answer.data else {
        return sheet(html! { <Trouble failure={answer.failure} /> });
    };
    let set = view.password_set;
    let begin = |what: Doing| {
        let doing = doing.clone();
        Callback::from(move |_: MouseEvent| doing.set(Some(what)))
    };
    let done = {
        let doing = doing.clone();
        Callback::from(move |()| doing.set(None))
    };
    let on_lock = lock.reform(|_: MouseEvent| ());
    sheet(html! {
        <>
                <ul>
                    { for view.users.iter().map(|user| row(user, &view, *doing, &begin, &done)) }
                </ul>
                if !set {
                    <p class="note-box">
                        { texts::without_password() }
                    </p>
                }
                <div class="row wrap">
                    <button id="change-password" class="button" aria-pressed={(*doing == Some(Doing::Password)).to_string()}
                        onclick={begin(Doing::Password)}>{ if set { texts::change_mine() } else { texts::set_one() } }</button>
                    if set {
                        <button id="add-user" class="button" aria-pressed={(*doing == Some(Doing::Adding)).to_string()}
                            onclick={begin(Doing::Adding)}><Icon name="plus" />{ texts::add_user() }</button>
                        <button id="lock" class="button" onclick={on_lock}>
                            <Icon name="lock" />{ texts::lock_or_change() }<kbd>{ "Ctrl L" }</kbd>
                        </button>
                    }
                </div>
                if set { <Minutes /> }
                { match *doing {
                    Some(Doing::Password) => html! { <PasswordForm {set} {done} /> },
                    Some(Doing::Adding) => html! { <AddForm {done} /> },
                    Some(Doing::Removing(_)) | None => html! {},
                } }
        </>
    })
}

fn row(
    user: &UserRow,
    view: &UsersView,
    doing: Option<Doing>,
    begin: &impl Fn(Doing) -> Callback<MouseEvent>,
    done: &Callback<()>,
) -> Html {
    let person = user.person;
    html! {
        <li key={person.to_string()} data-person={person.to_string()} aria-current={user.current.then_some("true")}>
            <Icon name="user" />
            <span><b>{ &user.name }</b><span class="under small soft">{ user.roles.join(texts::list_comma()) }</span></span>
            <span class="spring" />
            if user.current {
                <span class="chip state">{ texts::at_work() }</span>
            } else if doing == Some(Doing::Removing(person)) {
                <Remove {person} done={done.clone()} />
            } else if view.may_remove {
                <button class="button small quiet" onclick={begin(Doing::Removing(person))}>{ texts::remove() }</button>
            }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct RemoveProps {
    person: PersonId,
    done: Callback<()>,
}

/// Asked once more: the database is encrypted anew.
#[component]
fn Remove(RemoveProps { person, done }: &RemoveProps) -> Html {
    let here = use_here();
    let running = use_state_eq(|| false);
    let remove = {
        let (person, done, running) = (*person, done.clone(), running.clone());
        Callback::from(move |_: MouseEvent| {
            if *running {
                return;
            }
            running.set(true);
            let (done, tell) = (done.clone(), here.tell.clone());
            here.act(RemoveUser { person }, move |outcome| {
                if outcome.is_ok() {
                    tell.emit(Told::Done(texts::removed().to_owned()));
                }
                done.emit(());
            });
        })
    };
    let keep = done.reform(|_: MouseEvent| ());
    html! {
        <span class="row">
            <button class="button small" onclick={keep}>{ texts::keep() }</button>
            <button id="remove-user" class="button small primary" disabled={*running} onclick={remove}>
                { if *running { texts::changing_key() } else { texts::remove_and_change() } }
            </button>
        </span>
    }
}

/// Sends what a form asks for; what fails is told in the form.
fn send<R: Request + 'static>(
    request: R,
    said: String,
    here: &Here,
    done: &Callback<()>,
    running: &UseStateHandle<bool>,
    failure: &UseStateHandle<Option<Failure>>,
) {
    running.set(true);
    let (here, done, running, failure) = (here.clone(), done.clone(), running.clone(), failure.clone());
    spawn_local(async move {
        let outcome = ipc::ask(request).await;
        running.set(false);
        match outcome {
            Ok(_) => {
                here.tell.emit(Told::Done(said));
                done.emit(());
                here.touch.emit(());
            }
            Err(error) => failure.set(Some(error)),
        }
    });
}

#[derive(Properties, PartialEq)]
struct PasswordProps {
    /// There is one already.
    set: bool,
    done: Callback<()>,
}

#[component]
fn PasswordForm(PasswordProps { set, done }: &PasswordProps) -> Html {
    let here = use_here();
    let old = use_state_eq(String::new);
    let new = use_state_eq(|| None::<Secret>);
    let running = use_state_eq(|| false);
    let failure = use_state_eq(|| None::<Failure>);
    let set = *set;
    use_effect_with((), move |()| {
        dom::focus(if set { "#old-password" } else { "#new-password" });
    });
    let onsubmit = {
        let (here, done) = (here.clone(), done.clone());
        let (old, new, running, failure) = (old.clone(), new.clone(), running.clone(), failure.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(new) = (*new).clone().filter(|_| !*running) else { return };
            let request = SetPassword { old: set.then(|| Secret::new(&**old)), new };
            let said = texts::password_set().to_owned();
            send(request, said, &here, &done, &running, &failure);
        })
    };
    let typed = (*old).clone();
    let on_old = Callback::from(move |text| old.set(text));
    let ready = new.is_some();
    let on_new = Callback::from(move |password| new.set(password));
    html! {
        <form class="stack" {onsubmit}>
            if set { <TextField id="old-password" label={texts::old_password()} value={typed} secret=true on_value={on_old} /> }
            <NewPassword name={here.desk.person.clone()} on_value={on_new} />
            <Trouble failure={(*failure).clone()} />
            <button id="save-password" class="button primary" disabled={!ready || *running}>
                { if *running { texts::changing_key() } else { texts::use_it() } }
            </button>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct AddProps {
    done: Callback<()>,
}

#[component]
fn AddForm(AddProps { done }: &AddProps) -> Html {
    let here = use_here();
    let name = use_state_eq(String::new);
    let code = use_state_eq(String::new);
    let password = use_state_eq(|| None::<Secret>);
    let running = use_state_eq(|| false);
    let failure = use_state_eq(|| None::<Failure>);
    use_effect_with((), |()| {
        dom::focus("#user-name");
    });
    let whole = !name.trim().is_empty() && !code.trim().is_empty();
    let request = password.as_ref().filter(|_| whole).map(|password| AddUser {
        name: name.trim().to_owned(),
        code: code.trim().to_owned(),
        password: password.clone(),
    });
    let ready = request.is_some();
    let onsubmit = {
        let (here, done) = (here.clone(), done.clone());
        let (running, failure) = (running.clone(), failure.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(request) = request.clone().filter(|_| !*running) else { return };
            let said = texts::added(&request.name);
            send(request, said, &here, &done, &running, &failure);
        })
    };
    let shown = (*name).clone();
    let (on_name, on_code) = {
        let (name, code) = (name.clone(), code.clone());
        (Callback::from(move |text| name.set(text)), Callback::from(move |text| code.set(text)))
    };
    let on_password = Callback::from(move |new| password.set(new));
    html! {
        <form class="stack" {onsubmit}>
            <p class="dense soft">{ texts::code_for_them() }</p>
            <div class="halves">
                <TextField id="user-name" label={texts::their_name()} value={shown.clone()} on_value={on_name} />
                <TextField id="user-code" label={texts::code()} value={(*code).clone()} on_value={on_code} />
            </div>
            <NewPassword name={shown} label={texts::their_password()} on_value={on_password} />
            <Trouble failure={(*failure).clone()} />
            <button id="save-user" class="button primary" disabled={!ready || *running}>
                { if *running { texts::calling() } else { texts::add() } }
            </button>
        </form>
    }
}

/// After how long the window locks by itself.
#[component]
fn Minutes() -> Html {
    let here = use_here();
    let now = here.desk.auto_lock_minutes;
    let onchange = {
        let here = here.clone();
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let request = ChangeSetting { name: "autoLockMinutes".to_owned(), value: select.value() };
            here.act(request, |_| ());
        })
    };
    let others = (!MINUTES.contains(&now)).then_some(now);
    html! {
        <label class="row dense soft">
            { texts::when_idle() }
            <select id="auto-lock" class="input small" {onchange}>
                { for MINUTES.into_iter().chain(others).map(|minutes| html! {
                    <option value={minutes.to_string()} selected={minutes == now}>
                        { if minutes == 0 { texts::never_locks().to_owned() } else { texts::locks_after(minutes) } }
                    </option>
                }) }
            </select>
        </label>
    }
}
