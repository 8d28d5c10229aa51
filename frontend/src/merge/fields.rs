//! Fields of a case that hold two values: which one is kept.

use super::{
    Back, Settled,
    choice::{Choice, Keep, Pick},
    facts::marked,
    open_case,
};
use crate::{
    dom, ipc,
    keys::use_page_keys,
    live::{Told, use_answer, use_here},
    texts::merge as texts,
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{
    act::{Settle, Unsettle},
    ask,
    view::{CaseView, ConflictView, Doubt},
};
use jiff::civil::Date;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub fn Fields(super::Props { of, later, done }: &super::Props<Doubt>) -> Html {
    let here = use_here();
    let choice = use_reducer_eq(Choice::default);
    let busy = use_state_eq(|| false);
    let answer = use_answer(Some(ask::Case { case_no: of.case_no.clone() }));
    {
        let choice = choice.dispatcher();
        use_effect_with(of.case_no.clone(), move |_| choice.dispatch(Pick::Anew));
    }
    let case = answer.data.clone().filter(|case| case.case_no == of.case_no);
    use_effect_with(case.as_ref().map(|case| case.case_no.clone()), |_| {
        dom::focus("#compare");
    });
    let fields = case.as_ref().map_or(0, |case| case.conflicts.len());
    let undecided = choice.undecided(fields);
    let settle = {
        let (here, case, choice, busy) = (here.clone(), case.clone(), (*choice).clone(), busy.clone());
        let done = done.clone();
        Callback::from(move |()| {
            let Some(case) = case.clone().filter(|_| undecided == 0 && fields > 0 && !*busy) else { return };
            let (settle, settled) = kept(&case, &choice);
            busy.set(true);
            let (here, busy, done) = (here.clone(), busy.clone(), done.clone());
            spawn_local(async move {
                let mut failed = None;
                for one in settle {
                    if let Err(failure) = ipc::ask(one).await {
                        failed = Some(failure);
                        break;
                    }
                }
                busy.set(false);
                match failed {
                    Some(failure) => here.tell.emit(Told::Failed(failure)),
                    None => done.emit(settled),
                }
                here.touch.emit(());
            });
        })
    };
    {
        let (choice, settle, covered) = (choice.clone(), settle.clone(), here.covered);
        let at_hand = case.as_ref().and_then(|case| case.conflicts.get(choice.at));
        let (sides, holds_both) = at_hand.map_or((0, false), |it| (it.values.len(), !it.both.is_empty()));
        use_page_keys(move |event| {
            if covered || event.ctrl_key() || event.alt_key() || dom::takes_text(event.target()) {
                return false;
            }
            let pick = match (event.key().as_str(), event.key().parse::<usize>()) {
                ("ArrowUp", _) => Pick::Up,
                ("ArrowDown", _) => Pick::Down(fields),
                // On a side's button too, once all are chosen.
                ("Enter", _) if undecided == 0 && fields > 0 && settles(event.target()) => {
                    settle.emit(());
                    return true;
                }
                (_, Ok(n)) if (1..=sides).contains(&n) => Pick::Here(Keep::Side(n - 1), fields),
                (_, Ok(n)) if holds_both && n == sides + 1 => Pick::Here(Keep::Both, fields),
                _ => return false,
            };
            choice.dispatch(pick);
            true
        });
    }
    let Some(case) = case else { return html! { <Trouble failure={answer.failure.clone()} /> } };
    let all = |keep: Keep, says: &'static str| {
        let choice = choice.dispatcher();
        let onclick = Callback::from(move |_: MouseEvent| choice.dispatch(Pick::All(keep, fields)));
        html! { <button type="button" {onclick}>{ says }</button> }
    };
    let columns = case.conflicts.iter().map(|conflict| conflict.values.len()).max().unwrap_or(2).max(2);
    let keys = columns + usize::from(case.conflicts.iter().any(|conflict| !conflict.both.is_empty()));
    let later = later.reform(|_: MouseEvent| ());
    let onclick = settle.reform(|_: MouseEvent| ());
    html! {
        <>
            <div class="head row">
                <h1 class="clip">{ words::named(&case.applicant.name) }</h1>
                <span class="soft clip">{ &case.item_name }</span>
                <span class="dense faint when-roomy">{ &case.case_no }</span>
                <span class="spring" />
                <span class="chip state">{ &case.state_name }</span>
                <button class="button small quiet" onclick={open_case(&here, &case.case_no)}>{ texts::open_case() }</button>
            </div>
            <p class="soft">{ texts::differ(fields) }</p>
            <section class="card list">
                <div id="compare" class="scroll" tabindex="0" aria-label={texts::fields()} role="group">
                    <table class="compare" style={format!("--sides: {columns}")}>
                        <thead><tr>
                            <th scope="col" class="label">{ texts::field() }</th>
                            { for (0..columns).map(|side| html! { <th scope="col"><b>{ side_name(side, columns) }</b></th> }) }
                            <th scope="col" class="pick">
                                <b>{ texts::keep_which() }</b>
                                <span class="small soft when-roomy">
                                    { texts::press() }{ for (1..=keys).map(|n| html! { <kbd>{ n }</kbd> }) }
                                </span>
                            </th>
                        </tr></thead>
                        <tbody>
                            { for case.conflicts.iter().enumerate().map(|(i, conflict)| {
                                let dispatcher = choice.dispatcher();
                                let pick = Callback::from(move |keep| dispatcher.dispatch(Pick::Of(i, keep)));
                                row(&case, conflict, columns, choice.at == i, choice.of(i), pick, here.desk.today)
                            }) }
                        </tbody>
                    </table>
                    <p class="note-box">{ texts::after_settling() }</p>
                </div>
            </section>
            <div id="decide" class="decide row">
                <span class="segments" role="group" aria-label={texts::keep_which()}>
                    { all(Keep::Side(0), texts::all_left()) }
                    { all(Keep::Side(1), texts::all_right()) }
                </span>
                <span class="spring" />
                if undecided > 0 { <span class="dense soft">{ texts::undecided(undecided) }</span> }
                <button class="button" onclick={later}>{ texts::later() }<kbd>{ "S" }</kbd></button>
                <button id="settle" class="button primary" disabled={undecided > 0 || *busy} {onclick}>
                    { texts::settle_next() }<kbd>{ "Enter" }</kbd>
                </button>
            </div>
        </>
    }
}

/// Enter belongs to the buttons around the table, and to nobody else here.
fn settles(target: Option<web_sys::EventTarget>) -> bool {
    !dom::takes_enter(target.clone()) || dom::within("#compare", target)
}

/// What there is to settle, and how it is told and put back.
fn kept(case: &CaseView, choice: &Choice) -> (Vec<Settle>, Settled) {
    let (mut now, mut back, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for (i, conflict) in case.conflicts.iter().enumerate() {
        let value = match choice.of(i) {
            Some(Keep::Side(side)) => conflict.values.get(side).map(|value| &value.value),
            Some(Keep::Both) => Some(&conflict.both),
            None => None,
        };
        let Some(value) = value.cloned() else { continue };
        let (case_no, path) = (case.case_no.clone(), conflict.path.clone());
        back.push(Unsettle { case_no: case_no.clone(), path: path.clone() });
        now.push(Settle { case_no, path, value });
        labels.push(conflict.label.as_str());
    }
    let name = words::named(&case.applicant.name).to_owned();
    let says = texts::settled(&name, &labels.join(texts::and()));
    (now, Settled { says, back: Back::Fields { name, unsettle: back } })
}

/// Left and right where there are two.
fn side_name(side: usize, sides: usize) -> String {
    match (sides, side) {
        (2, 0) => texts::left().to_owned(),
        (2, _) => texts::right().to_owned(),
        _ => texts::nth(side + 1),
    }
}

fn row(
    case: &CaseView,
    conflict: &ConflictView,
    columns: usize,
    at: bool,
    kept: Option<Keep>,
    pick: Callback<Keep>,
    today: Date,
) -> Html {
    let sides = conflict.values.len();
    // Masked they may look alike; then only the whole page tells them apart.
    let alike = conflict.values.iter().skip(1).any(|value| value.value == conflict.values[0].value);
    let button = |keep: Keep, says: String| {
        let onclick = pick.reform(move |_: MouseEvent| keep);
        html! { <button type="button" aria-pressed={(kept == Some(keep)).to_string()} {onclick}>{ says }</button> }
    };
    html! {
        <tr key={conflict.path.clone()} data-conflict={conflict.path.clone()} aria-current={at.then_some("true")}>
            <th scope="row">{ &conflict.label }</th>
            { for (0..columns).map(|side| match conflict.values.get(side) {
                None => html! { <td></td> },
                Some(value) => {
                    let other = conflict.values.get(usize::from(side == 0)).map_or("", |other| other.value.as_str());
                    let chosen = matches!(kept, Some(Keep::Both)) || kept == Some(Keep::Side(side));
                    html! {
                        <td class={chosen.then_some("now")} data-value={value.value.clone()}>
                            <p>
                                if value.value.is_empty() { <span class="faint">{ texts::empty() }</span> }
                                { marked(&value.value, other) }
                                if value.standing { <span class="chip state">{ texts::holds() }</span> }
                            </p>
                            <p class="small soft">{ texts::whose(&value.unit_name, &value.by) }</p>
                            <p class="small faint">
                                { words::moment(value.at, today) }{ words::doubt(value.time_doubtful) }
                                { texts::at_device(&value.device) }
                            </p>
                            if let Some(paper) = case.papers.iter().rfind(|paper| paper.by == value.by) {
                                <p class="small faint">{ texts::printed(&paper.name, &paper.number) }</p>
                            }
                        </td>
                    }
                }
            }) }
            <td class="pick">
                <span class="segments" role="group" aria-label={conflict.label.clone()}>
                    { for (0..sides).map(|side| button(Keep::Side(side), side_name(side, sides))) }
                    if !conflict.both.is_empty() { { button(Keep::Both, texts::both().to_owned()) } }
                </span>
                if kept == Some(Keep::Both) { <p class="says" data-both={conflict.both.clone()}>{ texts::both_as(&conflict.both) }</p> }
                if alike { <p class="says"><Icon name="info" /><span>{ texts::alike_masked() }</span></p> }
            </td>
        </tr>
    }
}
