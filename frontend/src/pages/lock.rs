//! The desk is locked: whoever comes picks their name and gives their password. Nothing of any case is here to be seen.

use crate::{
    dom, ipc,
    texts::{enrol as texts, frame},
    widgets::{Icon, TextField, Trouble},
};
use daiban_contract::{Failure, Secret, act::Unlock, ask::Users, view::UsersView};
use daiban_domain::PersonId;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Somebody's password has opened it.
    pub on_open: Callback<()>,
}

#[component]
pub fn LockPage(Props { on_open }: &Props) -> Html {
    let view = use_state_eq(|| None::<Rc<UsersView>>);
    let person = use_state_eq(|| None::<PersonId>);
    let password = use_state_eq(String::new);
    let running = use_state_eq(|| false);
    let failure = use_state_eq(|| None::<Failure>);
    {
        let (view, failure) = (view.clone(), failure.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                match ipc::ask(Users {}).await {
                    Ok(users) => view.set(Some(Rc::new(users))),
                    Err(error) => failure.set(Some(error)),
                }
            });
        });
    }
    let users = view.as_ref().map(|view| &view.users[..]).unwrap_or_default();
    let chosen = match users {
        [only] => Some(only.person),
        _ => *person,
    };
    // A desk of before users had names asks for the password alone.
    let ready = view.is_some() && (chosen.is_some() || users.is_empty());
    use_effect_with((ready, chosen), |(ready, _)| {
        dom::focus(if *ready { "#password" } else { "#lock-users button" });
    });
    let onsubmit = {
        let (password, running, failure) = (password.clone(), running.clone(), failure.clone());
        let on_open = on_open.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !ready || password.is_empty() || *running {
                return;
            }
            running.set(true);
            failure.set(None);
            let request = Unlock { person: chosen, password: Secret::new(&**password) };
            let (password, running, failure) = (password.clone(), running.clone(), failure.clone());
            let on_open = on_open.clone();
            spawn_local(async move {
                let outcome = ipc::ask(request).await;
                running.set(false);
                password.set(String::new());
                match outcome {
                    Ok(_) => on_open.emit(()),
                    Err(error) => {
                        failure.set(Some(error));
                        dom::focus("#password");
                    }
                }
            });
        })
    };
    let typed = (*password).clone();
    let on_value = Callback::from(move |text| password.set(text));
    html! {
        <main class="enrol">
            <form id="lock-page" class="card" {onsubmit}>
                <h1><span class="brand">{ frame::brand() }</span><Icon name="lock" />{ texts::locked() }</h1>
                <p class="soft">{ texts::locked_explained() }</p>
                if users.len() > 1 { <p>{ texts::pick_yourself() }</p> }
                if !users.is_empty() {
                    <div id="lock-users" role="group" aria-label={texts::who()}>
                        { for users.iter().map(|user| {
                            let (state, id, failure) = (person.clone(), user.person, failure.clone());
                            let onclick = Callback::from(move |_: MouseEvent| {
                                failure.set(None);
                                state.set(Some(id));
                            });
                            html! {
                                <button type="button" class="button" data-person={id.to_string()} {onclick}
                                    aria-pressed={(chosen == Some(id)).to_string()}>
                                    <Icon name="user" />{ &user.name }
                                </button>
                            }
                        }) }
                    </div>
                }
                <TextField id="password" label={texts::password()} value={typed.clone()} secret=true {on_value} />
                <Trouble failure={(*failure).clone()} />
                <button id="unlock" class="button primary large wide" disabled={!ready || typed.is_empty() || *running}>
                    { if *running { texts::opening() } else { texts::open() } }
                </button>
                <p class="small faint">{ texts::forgotten() }</p>
            </form>
        </main>
    }
}
