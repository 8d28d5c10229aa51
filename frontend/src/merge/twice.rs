//! One request made twice: which case goes on. Voiding the other can't be undone, so it is said before.

use super::{
    Back, Settled,
    facts::{Fact, two},
    open_case,
};
use crate::{
    dom,
    keys::use_page_keys,
    live::{Here, use_here},
    texts::merge as texts,
    widgets::Icon,
    words,
};
use daiban_contract::{
    act::VoidDuplicate,
    view::{BriefCase, DuplicateCases},
};
use yew::prelude::*;

/// What becomes of the two.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Keep {
    Left,
    Right,
}

#[component]
pub fn Twice(super::Props { of, later, done }: &super::Props<DuplicateCases>) -> Html {
    let here = use_here();
    let keep = use_state_eq(|| None::<Keep>);
    let reason = use_state_eq(|| texts::usual_reason().to_owned());
    let sure = use_state_eq(|| false);
    let number = (of.keep.case_no.clone(), of.other.case_no.clone());
    {
        let (keep, sure) = (keep.clone(), sure.clone());
        use_effect_with(number, move |_| {
            keep.set(None);
            sure.set(false);
            dom::focus("#compare");
        });
    }
    let chosen = |chosen: Keep| match chosen {
        Keep::Left => (of.other.case_no.clone(), of.keep.case_no.clone()),
        Keep::Right => (of.keep.case_no.clone(), of.other.case_no.clone()),
    };
    let step = {
        let (here, done, sure, reason) = (here.clone(), done.clone(), sure.clone(), reason.clone());
        let void = keep.map(chosen);
        Callback::from(move |()| {
            let Some((gone, stays)) = void.clone() else { return };
            if !*sure {
                sure.set(true);
                return;
            }
            let settled = Settled { says: texts::voided(&gone, &stays), back: Back::No };
            let request = VoidDuplicate {
                case_no: gone,
                surviving: stays,
                reason: reason.to_string(),
                leave_materials: false,
            };
            let (done, sure) = (done.clone(), sure.clone());
            here.act(request, move |outcome| {
                sure.set(false);
                if outcome.is_ok() {
                    done.emit(settled);
                }
            });
        })
    };
    let choose = {
        let (keep, sure) = (keep.clone(), sure.clone());
        Callback::from(move |chosen: Option<Keep>| {
            keep.set(chosen);
            sure.set(false);
        })
    };
    let open = of.blocked.is_empty();
    {
        let (choose, later, step, covered) = (choose.clone(), later.clone(), step.clone(), here.covered);
        use_page_keys(move |event| {
            if covered || dom::takes_text(event.target()) || event.ctrl_key() || event.alt_key() {
                return false;
            }
            match event.key().as_str() {
                "1" if open => choose.emit(Some(Keep::Left)),
                "2" if open => choose.emit(Some(Keep::Right)),
                "3" => later.emit(()),
                "Enter" if open && !dom::takes_enter(event.target()) => step.emit(()),
                _ => return false,
            }
            true
        });
    }
    let button = |of: Option<Keep>, key: &'static str, says: &'static str| {
        let onclick = choose.reform(move |_: MouseEvent| of);
        html! {
            <button type="button" aria-pressed={(of.is_some() && *keep == of).to_string()} {onclick}>
                { says }<kbd>{ key }</kbd>
            </button>
        }
    };
    let aside = later.reform(|_: MouseEvent| ());
    let both = aside.clone();
    let onsubmit = {
        let step = step.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            step.emit(());
        })
    };
    let oninput = {
        let reason = reason.clone();
        Callback::from(move |event: InputEvent| reason.set(dom::value(&event)))
    };
    html! {
        <form class="one" {onsubmit} data-pair={format!("{} {}", of.keep.case_no, of.other.case_no)}>
            <div class="head row">
                <h1 class="clip">{ words::named(&of.keep.applicant_name) }</h1>
                <span class="soft clip">{ &of.item_name }</span>
            </div>
            <p class="soft">{ &of.says }</p>
            <section class="card list">
                <div id="compare" class="scroll" tabindex="0" aria-label={texts::twice()} role="group">
                    { two([head(&here, texts::left(), &of.keep), head(&here, texts::right(), &of.other)],
                        &facts(&of.keep, &of.other)) }
                    if !open { <p class="note-box row"><Icon name="info" /><span>{ &of.blocked }</span></p> }
                    if let Some((gone, stays)) = keep.filter(|_| open).map(chosen) {
                        <p class="doubt-box" role="status">{ texts::void_says(&gone, &stays) }</p>
                    }
                </div>
            </section>
            <div id="decide" class="decide row">
                if open {
                    <span class="segments" role="group" aria-label={texts::keep_which()}>
                        { button(Some(Keep::Left), "1", texts::keep_left()) }
                        { button(Some(Keep::Right), "2", texts::keep_right()) }
                        <button type="button" onclick={both}>{ texts::keep_both() }<kbd>{ "3" }</kbd></button>
                    </span>
                    <span class="input small spring">
                        <input class="reason" value={reason.to_string()} {oninput} autocomplete="off" spellcheck="false"
                            aria-label={texts::void_reason()} placeholder={texts::void_reason()} />
                    </span>
                } else {
                    <span class="spring" />
                }
                <button type="button" class="button" onclick={aside}>{ texts::later() }<kbd>{ "S" }</kbd></button>
                if open {
                    <button id="settle" class="button primary void" disabled={keep.is_none()}>
                        { if *sure { texts::void_now() } else { texts::settle_next() } }<kbd>{ "Enter" }</kbd>
                    </button>
                }
            </div>
        </form>
    }
}

fn head(here: &Here, side: &str, case: &BriefCase) -> Html {
    html! {
        <>
            <b>{ texts::side_of(side, &case.unit_name) }</b><br />
            <button type="button" class="plain dense" onclick={open_case(here, &case.case_no)}>{ &case.case_no }</button>
        </>
    }
}

fn facts(one: &BriefCase, other: &BriefCase) -> Vec<Fact> {
    let of = |label, say: &dyn Fn(&BriefCase) -> String| Fact::new(label, say(one), say(other));
    vec![
        of(texts::applicant(), &|case| texts::person(words::named(&case.applicant_name), &case.id_no)),
        of(texts::registered(), &|case| words::day(case.registered_on)),
        of(texts::received(), &|case| {
            case.received_on.map_or_else(|| texts::not_received().to_owned(), words::day)
        }),
        of(texts::stands(), &|case| case.state_name.clone()),
        of(texts::reason_given(), &|case| case.reason.clone()),
        of(texts::materials(), &|case| {
            let photos = if case.photos > 0 { texts::photos(case.photos) } else { String::new() };
            case.materials.join(texts::and()) + &photos
        }),
    ]
}
