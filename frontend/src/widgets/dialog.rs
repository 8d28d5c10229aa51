//! A sheet over the page. It has the focus until it goes; then the focus is again where it was.

use crate::dom;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    pub on_close: Callback<()>,
    #[prop_or_default]
    pub class: Classes,
    /// What takes the focus first; the first that can, if nothing is said.
    #[prop_or_default]
    pub first: Option<AttrValue>,
    pub children: Html,
}

#[component]
pub fn Dialog(props: &Props) -> Html {
    let sheet = use_node_ref();
    use_focus_back();
    {
        let (sheet, first) = (sheet.clone(), props.first.clone());
        use_effect_with((), move |()| {
            let named = first.is_some_and(|first| dom::focus(&first));
            if let (Some(sheet), false) = (sheet.cast::<HtmlElement>(), named) {
                dom::stops(&sheet).first().into_iter().for_each(|stop| _ = stop.focus());
            }
        });
    }
    let onkeydown = {
        let (sheet, on_close) = (sheet.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                _ if event.is_composing() || event.default_prevented() => return,
                "Escape" => on_close.emit(()),
                "Tab" => {
                    // Round and round, never behind the sheet.
                    let stops =
                        sheet.cast::<HtmlElement>().map(|sheet| dom::stops(&sheet)).unwrap_or_default();
                    let (from, to) = (stops.last(), stops.first());
                    let (from, to) = if event.shift_key() { (to, from) } else { (from, to) };
                    let leaves = from.is_some_and(dom::has_focus);
                    if !leaves {
                        return;
                    }
                    to.into_iter().for_each(|stop| _ = stop.focus());
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <div class="veil">
            <section ref={sheet} id={props.id.clone()} class={classes!("dialog", props.class.clone())} role="dialog"
                aria-modal="true" aria-label={props.label.clone()} {onkeydown}>
                { props.children.clone() }
            </section>
        </div>
    }
}

thread_local! {
    /// What had the focus before the first of the sheets that follow each other.
    static BEFORE: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Remembers what has the focus and gives it back when the part goes.
#[hook]
fn use_focus_back() {
    // Asked while the part is first drawn: a page that becomes inert under it loses the focus right after.
    use_state_eq(|| {
        if dom::find(".veil").is_none() {
            BEFORE.set(dom::focused());
        }
    });
    use_effect_with((), move |()| {
        || {
            // The page under it takes the focus only when it is no more inert.
            Timeout::new(0, || {
                if dom::find(".veil").is_none() {
                    BEFORE.take().into_iter().for_each(|element| _ = element.focus());
                }
            })
            .forget();
        }
    });
}
