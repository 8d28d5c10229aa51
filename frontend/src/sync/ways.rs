//! The ways: the county's line, the township's computer where a village has one, and serving the villages.

use crate::{
    ipc,
    live::use_here,
    says::Says,
    sync::moved,
    texts::{failure, sync as texts},
    widgets::{Icon, TextField},
    words,
};
use daiban_contract::{
    act::{CallRelay, SetWays},
    view::SyncView,
};
use daiban_domain::Level;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Where a relay listens unless a person says otherwise.
const LISTEN: &str = "0.0.0.0:7622";

#[derive(Properties, PartialEq)]
pub struct Props {
    pub view: Rc<SyncView>,
}

#[component]
pub fn WaysCard(Props { view }: &Props) -> Html {
    let here = use_here();
    html! {
        <section class="card ways">
            <header><h2>{ texts::other_ways() }</h2></header>
            <div class="body">
                if here.is(Level::Village) { <Call view={view.clone()} /> } else { <Serve view={view.clone()} /> }
                <dl class="facts">
                    <dt>{ texts::hub() }</dt><dd id="hub">{ &view.hub }</dd>
                    if let Some(backup) = view.county_backup {
                        <dt>{ texts::county_backup() }</dt><dd>{ words::moment(backup, here.desk.today) }</dd>
                    }
                    <dt>{ texts::this_computer() }</dt><dd>{ texts::device(&here.desk.device, &here.desk.tag) }</dd>
                    if view.attachments_waiting + view.attachments_missing > 0 {
                        <dt>{ texts::photos() }</dt><dd id="photos">{ photos_say(view) }</dd>
                    }
                </dl>
            </div>
        </section>
    }
}

fn photos_say(view: &SyncView) -> String {
    let kb = view.attachments_waiting_bytes.div_ceil(1024);
    let parts = [
        (view.attachments_waiting > 0).then(|| texts::photos_left(view.attachments_waiting, kb)),
        (view.attachments_missing > 0).then(|| texts::photos_to_come(view.attachments_missing)),
        view.metered.then(|| texts::metered().to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(texts::comma())
}

/// The township's computer, which a village calls while the county can't be reached. Saving tries it: the day it is
/// needed is too late to find a wrong digit.
#[component]
fn Call(Props { view }: &Props) -> Html {
    let here = use_here();
    let typed = use_state_eq(|| None::<String>);
    let running = use_state_eq(|| false);
    let outcome = use_state_eq(|| None::<Says>);
    let address = (*typed).clone().unwrap_or_else(|| view.relay.clone());
    let on_value = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(Some(text)))
    };
    let onsubmit = {
        let (touch, typed, running, outcome) =
            (here.touch.clone(), typed.clone(), running.clone(), outcome.clone());
        let address = address.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *running {
                return;
            }
            running.set(true);
            outcome.set(Says::plain(texts::saved_trying()));
            let (touch, typed, running, outcome) =
                (touch.clone(), typed.clone(), running.clone(), outcome.clone());
            let request = SetWays { call: Some(address.clone()), listen: None };
            spawn_local(async move {
                let said = match ipc::ask(request).await {
                    Err(failure) => Says::wrong(failure::says(&failure)),
                    Ok(saved) => {
                        touch.emit(());
                        typed.set(None);
                        if saved.relay.is_empty() {
                            Says::plain(texts::without_township())
                        } else {
                            match ipc::ask(CallRelay {}).await {
                                Ok(done) => Says::good(texts::works(&moved(&done))),
                                Err(failure) => Says::wrong(texts::address_saved(&failure::says(&failure))),
                            }
                        }
                    }
                };
                running.set(false);
                outcome.set(said);
                touch.emit(());
            });
        })
    };
    let says = (*outcome).clone().or_else(|| Says::plain(texts::when_county_away()));
    html! {
        <form class="way" {onsubmit}>
            <TextField id="relay-call" label={texts::township_computer()} hint={texts::address_hint()} value={address} {on_value} {says}>
                <button id="relay-save" class="button small" disabled={*running}>
                    { if *running { texts::trying() } else { texts::save_and_try() } }
                </button>
            </TextField>
        </form>
    }
}

/// Serving this desk's villages while the county's line is down.
#[component]
fn Serve(Props { view }: &Props) -> Html {
    let here = use_here();
    let typed = use_state_eq(|| None::<String>);
    let refused = use_state_eq(|| None::<Says>);
    let on = !view.relay_listen.is_empty();
    let stored = if on { view.relay_listen.clone() } else { LISTEN.to_owned() };
    let address = (*typed).clone().unwrap_or_else(|| stored.clone());
    let moves = on && address.trim() != stored;
    let on_value = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(Some(text)))
    };
    let onsubmit = {
        let (touch, typed, refused) = (here.touch.clone(), typed.clone(), refused.clone());
        let listen = if on && !moves { String::new() } else { address.clone() };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (touch, typed, refused) = (touch.clone(), typed.clone(), refused.clone());
            let request = SetWays { call: None, listen: Some(listen.clone()) };
            spawn_local(async move {
                match ipc::ask(request).await {
                    Ok(_) => {
                        typed.set(None);
                        refused.set(None);
                    }
                    Err(failure) => refused.set(Says::wrong(failure::says(&failure))),
                }
                touch.emit(());
            });
        })
    };
    let button = match (on, moves) {
        (false, _) => texts::open_relay(),
        (true, false) => texts::close_relay(),
        (true, true) => texts::move_relay(),
    };
    let failed = view.relay_failure.clone().filter(|_| on);
    let says = (*refused)
        .clone()
        .or_else(|| failed.and_then(Says::wrong))
        .or_else(|| (!on).then(|| Says::plain(texts::why_relay())).flatten());
    html! {
        <form class="way" {onsubmit}>
            <TextField id="relay-listen" label={texts::relay_address()} value={address} {on_value} {says}>
                <button id="relay-serve" class="button small" role="switch" aria-checked={on.to_string()}>
                    { button }
                </button>
            </TextField>
            if on && view.relay_failure.is_none() {
                <div class="note-box" id="relay-addresses">
                    if view.relay_addresses.is_empty() {
                        { texts::relay_opening() }
                    } else {
                        <p><Icon name="circle-check" />{ texts::relay_open() }</p>
                        <p class="strong path">{ view.relay_addresses.join("\u{3000}") }</p>
                    }
                </div>
            }
        </form>
    }
}
