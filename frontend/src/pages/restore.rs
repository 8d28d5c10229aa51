//! The first start of a machine that takes another one's place: a backup is put back.

use crate::{
    dom, ipc,
    texts::restore as texts,
    widgets::{Icon, PickButton, Pickable, TextField, Trouble},
};
use daiban_contract::{Failure, act::Restore, view::Restored};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub on_restored: Callback<()>,
    /// To the other ways.
    pub children: Html,
}

#[component]
pub fn RestoreCard(Props { on_restored, children }: &Props) -> Html {
    let from = use_state_eq(String::new);
    let running = use_state_eq(|| false);
    let outcome = use_state_eq(|| None::<Result<Restored, Failure>>);
    use_effect_with(outcome.as_ref().is_some_and(Result::is_ok), |restored| {
        dom::focus(if *restored { "#open-restored" } else { "#restore-path" });
    });
    let onsubmit = {
        let (from, running, outcome) = (from.clone(), running.clone(), outcome.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if from.trim().is_empty() || *running {
                return;
            }
            running.set(true);
            outcome.set(None);
            let request = Restore { from: from.trim().to_owned(), at: None };
            let (running, outcome) = (running.clone(), outcome.clone());
            spawn_local(async move {
                outcome.set(Some(ipc::ask(request).await));
                running.set(false);
            });
        })
    };
    let on_path = {
        let from = from.clone();
        Callback::from(move |text: String| from.set(text))
    };
    let on_failure = {
        let outcome = outcome.clone();
        Callback::from(move |failure| outcome.set(Some(Err(failure))))
    };
    let open = on_restored.reform(|_: MouseEvent| ());
    if let Some(Ok(restored)) = &*outcome {
        return html! {
            <section class="card" id="restored">
                <h1>{ texts::title() }</h1>
                <p role="status">{ &restored.says }</p>
                <button id="open-restored" class="button primary large wide" onclick={open}>{ texts::open() }</button>
            </section>
        };
    }
    html! {
        <form class="card" {onsubmit}>
            <h1>{ texts::title() }</h1>
            <p class="soft">{ texts::what() }</p>
            <TextField id="restore-path" label={texts::from()} value={(*from).clone()} on_value={on_path.clone()}>
                <PickButton what={Pickable::Folder} id="restore-pick" on_pick={on_path} {on_failure} />
            </TextField>
            <Trouble failure={outcome.as_ref().and_then(|outcome| outcome.as_ref().err().cloned())} />
            <button id="restore" class="button primary large wide" disabled={from.trim().is_empty() || *running}>
                <Icon name="download" />{ if *running { texts::running() } else { texts::restore() } }
            </button>
            <div class="row wrap">{ children.clone() }</div>
        </form>
    }
}
