//! Where there is nothing: what is so, and what to do now.

use crate::widgets::Icon;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub icon: AttrValue,
    pub says: AttrValue,
    /// What to do.
    #[prop_or_default]
    pub then: AttrValue,
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Empty(props: &Props) -> Html {
    html! {
        <div class="empty">
            <Icon name={props.icon.clone()} />
            <p>{ &props.says }</p>
            if !props.then.is_empty() { <p class="dense">{ &props.then }</p> }
            { props.children.clone() }
        </div>
    }
}
