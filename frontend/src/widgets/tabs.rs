//! Two or three views of one thing, one at a time.

use crate::{dom, widgets::table::step};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Of the view; a tab's id follows from it.
    pub id: AttrValue,
    pub label: AttrValue,
    /// Each with what names it to the page, and its text.
    pub tabs: Vec<(&'static str, AttrValue)>,
    pub chosen: &'static str,
    pub on_choose: Callback<&'static str>,
    pub children: Html,
}

#[component]
pub fn Tabs(props: &Props) -> Html {
    let at = props.tabs.iter().position(|(tab, _)| *tab == props.chosen).unwrap_or_default();
    let onkeydown = {
        let (tabs, on_choose) = (props.tabs.clone(), props.on_choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = match event.key().as_str() {
                _ if event.alt_key() || event.ctrl_key() => return,
                "ArrowRight" => "ArrowDown".to_owned(),
                "ArrowLeft" => "ArrowUp".to_owned(),
                "ArrowDown" | "ArrowUp" => return,
                other => other.to_owned(),
            };
            let Some(to) = step(&key, at, tabs.len(), 1) else { return };
            on_choose.emit(tabs[to].0);
            dom::focus_among(&event, to);
            event.prevent_default();
        })
    };
    let tab_id = |tab: &str| format!("{}-{tab}", props.id);
    html! {
        <>
            <div class="tabs" role="tablist" aria-label={props.label.clone()} {onkeydown}>
                { for props.tabs.iter().map(|(tab, says)| {
                    let (tab, chosen) = (*tab, *tab == props.chosen);
                    html! {
                        <button id={tab_id(tab)} type="button" role="tab" aria-selected={chosen.to_string()}
                            aria-controls={props.id.clone()} tabindex={if chosen { "0" } else { "-1" }}
                            onclick={props.on_choose.reform(move |_: MouseEvent| tab)}>{ says }</button>
                    }
                }) }
            </div>
            <div id={props.id.clone()} class="tab scroll" role="tabpanel" tabindex="0" aria-labelledby={tab_id(props.chosen)}>
                { props.children.clone() }
            </div>
        </>
    }
}
