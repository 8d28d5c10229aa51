//! This device has been revoked: nothing but that, and how much it has still to bring.

use crate::{
    ipc,
    texts::enrol as texts,
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{Failure, act::Exchange, view::RevokedView};
use jiff::civil::Date;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub revoked: RevokedView,
    pub device: AttrValue,
    pub today: Date,
    /// Something may have been brought.
    pub on_moved: Callback<()>,
}

#[component]
pub fn RevokedPage(Props { revoked, device, today, on_moved }: &Props) -> Html {
    let running = use_state_eq(|| false);
    let failure = use_state_eq(|| None::<Failure>);
    let bring = {
        let (running, failure, on_moved) = (running.clone(), failure.clone(), on_moved.clone());
        Callback::from(move |_: MouseEvent| {
            if *running {
                return;
            }
            running.set(true);
            let (running, failure, on_moved) = (running.clone(), failure.clone(), on_moved.clone());
            spawn_local(async move {
                let outcome = ipc::ask(Exchange::default()).await;
                running.set(false);
                failure.set(outcome.err());
                on_moved.emit(());
            });
        })
    };
    html! {
        <main class="enrol">
            <section class="card" id="revoked">
                <h1><Icon name="circle-alert" />{ texts::revoked(device) }</h1>
                <p>{ &revoked.says }</p>
                <p class="soft">{ texts::revoked_by(&words::moment(revoked.at, *today), words::named(&revoked.by)) }</p>
                <Trouble failure={(*failure).clone()} />
                if revoked.owed > 0 {
                    <button id="bring" class="button primary large wide" disabled={*running} onclick={bring}>
                        { if *running { texts::bringing() } else { texts::bring() } }
                    </button>
                }
            </section>
        </main>
    }
}
