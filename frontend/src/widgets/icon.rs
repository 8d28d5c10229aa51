//! Icons: Lucide, one sprite for the whole window. An icon always stands beside a word.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Its name in `icons.svg`, without the `i-`.
    pub name: AttrValue,
}

#[component]
pub fn Icon(Props { name }: &Props) -> Html {
    html! { <svg class="icon" aria-hidden="true"><use href={format!("#i-{name}")} /></svg> }
}

/// The drawings themselves, hidden; once in the window.
#[component]
pub fn Sprite() -> Html {
    html! { <div hidden=true>{ Html::from_html_unchecked(include_str!("../../icons.svg").into()) }</div> }
}
