use crate::{ipc, texts::controls as texts, widgets::Icon};
pub use daiban_contract::ask::Pickable;
use daiban_contract::{Failure, ask::Pick};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub what: Pickable,
    pub id: AttrValue,
    pub on_pick: Callback<String>,
    pub on_failure: Callback<Failure>,
}

/// Opens the system's own dialog.
#[component]
pub fn PickButton(Props { what, id, on_pick, on_failure }: &Props) -> Html {
    let onclick = {
        let what = *what;
        let (on_pick, on_failure) = (on_pick.clone(), on_failure.clone());
        Callback::from(move |_: MouseEvent| {
            let (on_pick, on_failure) = (on_pick.clone(), on_failure.clone());
            spawn_local(async move {
                match ipc::ask(Pick { what }).await {
                    Ok(picked) => picked.into_iter().for_each(|path| on_pick.emit(path)),
                    Err(failure) => on_failure.emit(failure),
                }
            });
        })
    };
    html! {
        <button type="button" id={id.clone()} class="button tiny quiet" {onclick}>
            <Icon name="folder-open" />{ texts::choose() }
        </button>
    }
}
