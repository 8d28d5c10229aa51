//! How far something is that takes its time, and a way to stop it.

use crate::texts::progress as texts;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub done: u64,
    /// 0: nobody knows yet.
    pub of: u64,
    pub says: AttrValue,
    /// Of the button.
    pub stop_id: AttrValue,
    pub on_stop: Callback<()>,
    /// It was asked to stop.
    pub stopping: bool,
}

#[component]
pub fn Progress(props: &Props) -> Html {
    let width = format!("width: {}%", (100 * props.done).checked_div(props.of).unwrap_or(0));
    let stop = props.on_stop.reform(|_: MouseEvent| ());
    html! {
        <div id={props.id.clone()} class="row making">
            <div class="progress spring" role="progressbar" aria-label={props.says.clone()} aria-valuemin="0"
                aria-valuenow={props.done.to_string()} aria-valuemax={props.of.max(1).to_string()}>
                <i style={width}></i>
            </div>
            <span class="small soft">
                if props.stopping { { texts::stopping() } } else { { &props.says } }
            </span>
            <button id={props.stop_id.clone()} type="button" class="button small" onclick={stop} disabled={props.stopping}>
                { texts::stop() }
            </button>
        </div>
    }
}
