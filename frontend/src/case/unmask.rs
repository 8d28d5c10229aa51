//! A masked part of the case, shown for a reason: one key for the usual ones, and any other in words.

use crate::{dom, live::use_here, texts::case as texts};
use daiban_contract::act;
use daiban_domain::access::REASONS;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct UnmaskProps {
    pub case_no: AttrValue,
    pub path: AttrValue,
    pub label: AttrValue,
    /// What was masked; of several values all.
    pub on_shown: Callback<String>,
}

#[component]
pub fn Unmask(UnmaskProps { case_no, path, label, on_shown }: &UnmaskProps) -> Html {
    let here = use_here();
    let asking = use_state_eq(|| false);
    let other = use_node_ref();
    use_effect_with(*asking, |asking| {
        if *asking {
            dom::focus("#unmask-1");
        }
    });
    if !*asking {
        let onclick = {
            let asking = asking.clone();
            Callback::from(move |_: MouseEvent| asking.set(true))
        };
        return html! {
            <button class="button tiny quiet" data-unmask={path.clone()} {onclick} aria-label={texts::see_all(label)}>
                { texts::see() }
            </button>
        };
    }
    let show = {
        let (here, case_no, path) = (here.clone(), case_no.to_string(), path.to_string());
        let (asking, on_shown) = (asking.clone(), on_shown.clone());
        Callback::from(move |reason: String| {
            let request = act::Unmask { case_no: case_no.clone(), path: path.clone(), reason };
            let (asking, on_shown) = (asking.clone(), on_shown.clone());
            here.act(request, move |outcome| {
                if let Ok(shown) = outcome {
                    asking.set(false);
                    on_shown.emit(shown.values.join("\u{3000}"));
                }
            });
        })
    };
    let onkeydown = {
        let (show, asking, other) = (show.clone(), asking.clone(), other.clone());
        Callback::from(move |event: KeyboardEvent| {
            let typing = other.cast::<HtmlInputElement>().is_some_and(|input| {
                event.target_dyn_into::<HtmlInputElement>().is_some_and(|target| target == input)
            });
            let usual = event.key().parse::<usize>().ok().and_then(|n| REASONS.get(n.checked_sub(1)?));
            match (event.key().as_str(), usual) {
                ("Escape", _) => asking.set(false),
                (_, Some(reason)) if !typing => show.emit((*reason).to_owned()),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onsubmit = {
        let (show, other) = (show.clone(), other.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = other.cast::<HtmlInputElement>() {
                show.emit(input.value());
            }
        })
    };
    html! {
        <form class="dense" role="group" aria-label={texts::why_see(label)} {onkeydown} {onsubmit}>
            <p class="soft">{ texts::why_recorded() }</p>
            { for (1..).zip(REASONS).map(|(n, reason)| {
                let onclick = show.reform(move |_: MouseEvent| reason.to_owned());
                html! {
                    <button type="button" id={format!("unmask-{n}")} class="button tiny quiet" {onclick}>
                        <kbd>{ n }</kbd>{ reason }
                    </button>
                }
            }) }
            <input id="unmask-other" ref={other} aria-label={texts::other_reason()} placeholder={texts::other_reason()} />
            <button class="button tiny quiet">{ texts::see() }</button>
        </form>
    }
}
