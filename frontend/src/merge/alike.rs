//! Two entries of the registers: one person or two.

use super::{
    Back, Settled,
    facts::{Fact, two},
};
use crate::{dom, keys::use_page_keys, live::use_here, texts::merge as texts, words};
use daiban_contract::{
    act::LinkResidents,
    view::{AlikeKind, AlikePeople, ResidentRow},
};
use yew::prelude::*;

#[component]
pub fn Alike(super::Props { of, later, done }: &super::Props<AlikePeople>) -> Html {
    let here = use_here();
    let linked = use_state_eq(|| None::<bool>);
    let reason = use_state_eq(String::new);
    {
        let (linked, reason) = (linked.clone(), reason.clone());
        use_effect_with((of.one.id, of.other.id), move |_| {
            linked.set(None);
            reason.set(String::new());
            dom::focus("#compare");
        });
    }
    let taken_for_one = of.kind == AlikeKind::Same;
    let settle = {
        let (here, done, reason, linked) = (here.clone(), done.clone(), reason.clone(), linked.clone());
        let (one, other) = (of.one.id, of.other.id);
        Callback::from(move |()| {
            let Some(linked) = *linked else { return };
            let request = LinkResidents { one, other, linked, reason: reason.to_string() };
            let settled = Settled {
                says: if linked { texts::now_one() } else { texts::now_two() }.to_owned(),
                back: Back::Word(LinkResidents { linked: !linked, ..request.clone() }),
            };
            let done = done.clone();
            here.act(request, move |outcome| {
                if outcome.is_ok() {
                    done.emit(settled);
                }
            });
        })
    };
    {
        let (linked, settle, covered) = (linked.clone(), settle.clone(), here.covered);
        use_page_keys(move |event| {
            if covered || dom::takes_text(event.target()) || event.ctrl_key() || event.alt_key() {
                return false;
            }
            match event.key().as_str() {
                "1" if !taken_for_one => linked.set(Some(true)),
                "2" => linked.set(Some(false)),
                "Enter" if linked.is_some() && !dom::takes_enter(event.target()) => settle.emit(()),
                _ => return false,
            }
            true
        });
    }
    let button = |says: &'static str, key: &'static str, class: &'static str, value: bool| {
        let (linked, pressed) = (linked.clone(), *linked == Some(value));
        let onclick = Callback::from(move |_: MouseEvent| linked.set(Some(value)));
        html! {
            <button type="button" {class} aria-pressed={pressed.to_string()} {onclick}>{ says }<kbd>{ key }</kbd></button>
        }
    };
    let aside = later.reform(|_: MouseEvent| ());
    let onsubmit = {
        let settle = settle.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            settle.emit(());
        })
    };
    let oninput = {
        let reason = reason.clone();
        Callback::from(move |event: InputEvent| reason.set(dom::value(&event)))
    };
    html! {
        <form class="one" {onsubmit} data-alike={format!("{} {}", of.one.id, of.other.id)}>
            <div class="head row"><h1 class="clip">{ words::named(&of.one.name) }</h1></div>
            <p class="soft">{ &of.says }</p>
            <section class="card list">
                <div id="compare" class="scroll" tabindex="0" aria-label={texts::alike()} role="group">
                    { two([head(texts::left(), &of.one), head(texts::right(), &of.other)], &facts(&of.one, &of.other)) }
                    <p class="note-box">{ texts::people_say() }</p>
                </div>
            </section>
            <div id="decide" class="decide row">
                <span class="segments" role="group" aria-label={texts::alike()}>
                    if !taken_for_one { { button(texts::one_person(), "1", "same-person", true) } }
                    { button(texts::two_people(), "2", "two-people", false) }
                </span>
                <span class="input small spring">
                    <input class="reason" value={reason.to_string()} {oninput} autocomplete="off" spellcheck="false"
                        aria-label={texts::checked_how()} placeholder={texts::checked_how()} />
                </span>
                <button type="button" class="button" onclick={aside}>{ texts::later() }<kbd>{ "S" }</kbd></button>
                <button id="settle" class="button primary" disabled={linked.is_none()}>
                    { texts::settle_next() }<kbd>{ "Enter" }</kbd>
                </button>
            </div>
        </form>
    }
}

fn head(side: &str, row: &ResidentRow) -> Html {
    html! { <b>{ texts::registered_in(side, &row.unit_name) }</b> }
}

fn facts(one: &ResidentRow, other: &ResidentRow) -> Vec<Fact> {
    let told = |text: &str| if text.is_empty() { texts::not_filled().to_owned() } else { text.to_owned() };
    let of =
        |label, say: &dyn Fn(&ResidentRow) -> String| Fact::new(label, told(&say(one)), told(&say(other)));
    vec![
        of(texts::name(), &|row| row.name.clone()),
        of(texts::id_no(), &|row| row.id_no.clone()),
        of(texts::born(), &|row| row.born.map(|day| day.to_string()).unwrap_or_default()),
        of(texts::address(), &|row| row.address.clone()),
        of(texts::phone(), &|row| row.phone.clone()),
    ]
}
