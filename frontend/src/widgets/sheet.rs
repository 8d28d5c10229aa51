//! A dialog with a name at its head and a way out of it.

use super::Dialog;
use crate::texts::controls as texts;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub title: AttrValue,
    pub on_close: Callback<()>,
    #[prop_or_default]
    pub class: Classes,
    /// What takes the focus first; the first that can, if nothing is said.
    #[prop_or_default]
    pub first: Option<AttrValue>,
    /// Between the name and the way out.
    #[prop_or_default]
    pub head: Html,
    pub children: Html,
}

#[component]
pub fn Sheet(props: &Props) -> Html {
    let Props { id, title, on_close, class, first, head, children } = props;
    html! {
        <Dialog {id} label={title} {on_close} class={class.clone()} {first}>
            <header class="row">
                <h2>{ title }</h2>{ head.clone() }<span class="spring" />
                <Close of={id} {on_close} />
            </header>
            { children.clone() }
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
pub struct CloseProps {
    /// The dialog's id.
    pub of: AttrValue,
    pub on_close: Callback<()>,
}

#[component]
pub fn Close(CloseProps { of, on_close }: &CloseProps) -> Html {
    let onclick = on_close.reform(|_: MouseEvent| ());
    html! {
        <button type="button" id={format!("{of}-close")} class="button small quiet" {onclick}>
            { texts::close() }<kbd>{ "Esc" }</kbd>
        </button>
    }
}
