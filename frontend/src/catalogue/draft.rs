//! Drafts that go up and down before they are published (三上三下).

use crate::{
    live::{Told, use_answer, use_here},
    texts::catalogue as texts,
    widgets::{Icon, TextField, Trouble},
    words,
};
use daiban_contract::{
    act::{ActOnDraft, PublishDraft},
    ask,
    view::{DraftRow, DraftView, RoundView},
};
use daiban_domain::item::draft::{Fix, Said};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ListProps {
    pub at: Option<AttrValue>,
    pub choose: Callback<AttrValue>,
}

#[component]
pub fn Drafts(ListProps { at, choose }: &ListProps) -> Html {
    let answer = use_answer(Some(ask::Drafts::default()));
    let Some(drafts) = &answer.data else { return html! { <Trouble failure={answer.failure.clone()} /> } };
    let row = |draft: &DraftRow| {
        let number = AttrValue::from(draft.draft_no.clone());
        let current = (at.as_ref() == Some(&number)).then_some("true");
        let onclick = {
            let number = number.clone();
            choose.reform(move |_: MouseEvent| number.clone())
        };
        html! {
            <li key={draft.draft_no.clone()}>
                <button data-draft={number} aria-current={current} {onclick}>
                    <b>{ &draft.title }</b>
                    <span class="row dense soft">
                        <span class="clip spring">{ texts::days_of(&draft.unit_name, &words::day(draft.begun_on)) }</span>
                        <span class="chip state">{ &draft.state_name }</span>
                    </span>
                </button>
            </li>
        }
    };
    html! {
        <nav class="waiting scroll" aria-label={texts::drafts()}>
            <ul>{ for drafts.iter().map(row) }</ul>
            if drafts.is_empty() { <p class="empty dense">{ texts::no_drafts() }</p> }
        </nav>
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft_no: AttrValue,
}

#[component]
pub fn Draft(Props { draft_no }: &Props) -> Html {
    let answer = use_answer(Some(ask::Draft { draft_no: draft_no.to_string() }));
    let Some(draft) = answer.data.clone().filter(|draft| draft.row.draft_no == draft_no.as_str()) else {
        return html! { <Trouble failure={answer.failure.clone()} /> };
    };
    let fixes = draft.fixes.iter().filter(|fix| fix.total > 0);
    html! {
        <>
            <div class="head row">
                <h2 class="title clip">{ &draft.row.title }</h2><span class="chip state">{ &draft.row.state_name }</span>
                <span class="spring" />
                { for fixes.map(|fix| html! { <span class="chip mark">{ texts::by_round(&fix.name, fix.total) }</span> }) }
            </div>
            <section class="card list">
                <div class="scroll" tabindex="0" role="group" aria-label={texts::history()}>
                    if !draft.summary.is_empty() { <p class="note-box"><b>{ texts::summary() }</b>{ " " }{ &draft.summary }</p> }
                    { for draft.rounds.iter().rev().map(round) }
                    <ul class="lines">
                        { for draft.acts.iter().rev().map(|act| html! {
                            <li>
                                <span class="dense soft">{ words::day(act.on) }</span>
                                <span class="clip">{ texts::act_of(&act.name, &act.by) }</span>
                                if !act.contested_why.is_empty() { <span class="chip doubt">{ &act.contested_why }</span> }
                            </li>
                        }) }
                    </ul>
                </div>
            </section>
            <Acts {draft} />
        </>
    }
}

fn round(round: &RoundView) -> Html {
    html! {
        <section class="round" data-round={round.round.to_string()}>
            <h3>
                { texts::round(round.round) }{ " " }
                <span class="dense soft">{ texts::submitted(&round.by, &words::day(round.submitted_on)) }</span>
                if let Some(on) = round.returned_on {
                    <span class="dense soft">{ " " }{ texts::returned(&words::day(on)) }{ " " }{ &round.returned_why }</span>
                }
            </h3>
            <p class="dense"><b>{ texts::changes(round.changes.len()) }</b></p>
            <ul class="dense">{ for round.changes.iter().map(|change| html! { <li>{ change }</li> }) }</ul>
            if !round.comments.is_empty() {
                <p class="dense"><b>{ texts::comments(round.comments.len()) }</b></p>
                <ul class="dense">
                    { for round.comments.iter().map(|comment| html! {
                        <li>
                            <span class="chip mark">{ &comment.fix_name }</span>{ " " }
                            <b>{ texts::comment_on(&comment.item_id, &comment.element) }</b>{ " " }{ &comment.text }
                            <span class="soft">{ " " }{ texts::days_of(&comment.by, &words::day(comment.on)) }</span>
                        </li>
                    }) }
                </ul>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ActsProps {
    draft: Rc<DraftView>,
}

/// What the county says of it: a comment, sent down, summed up, published.
#[component]
fn Acts(ActsProps { draft }: &ActsProps) -> Html {
    let here = use_here();
    let text = use_state_eq(String::new);
    let item = use_state_eq(String::new);
    let reason = use_state_eq(String::new);
    let fix = use_state_eq(|| Fix::ALL[0]);
    let draft_no = draft.row.draft_no.clone();
    let done = {
        let (tell, text) = (here.tell.clone(), text.clone());
        move |says: String| {
            text.set(String::new());
            tell.emit(Told::Done(says));
        }
    };
    let act = |event: &'static str, name: &'static str| {
        let (here, draft_no, done) = (here.clone(), draft_no.clone(), done.clone());
        let (text, item, reason, fix) = (text.to_string(), item.to_string(), reason.to_string(), *fix);
        Callback::from(move |_: MouseEvent| {
            let says = match event {
                "comment" => Said {
                    item_id: item.trim().to_owned(),
                    fix: Some(fix),
                    text: text.clone(),
                    ..Said::default()
                },
                "return" => Said { reason: reason.clone(), ..Said::default() },
                _ => Said { text: text.clone(), reason: reason.clone(), ..Said::default() },
            };
            let request = ActOnDraft {
                draft_no: draft_no.clone(),
                event: event.to_owned(),
                says,
                content: String::new(),
            };
            let done = done.clone();
            here.act(request, move |outcome| {
                if outcome.is_ok() {
                    done(texts::done(name));
                }
            });
        })
    };
    let publish = {
        let (here, draft_no, done, version) =
            (here.clone(), draft_no.clone(), done.clone(), text.to_string());
        Callback::from(move |_: MouseEvent| {
            let request =
                PublishDraft { draft_no: draft_no.clone(), version: version.trim().to_owned(), from: None };
            let done = done.clone();
            here.act(request, move |outcome| {
                if let Ok(published) = outcome {
                    done(texts::published(&published.says));
                }
            });
        })
    };
    let set = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text| state.set(text))
    };
    let on_fix = {
        let fix = fix.clone();
        Callback::from(move |event: Event| {
            let chosen =
                event.target_dyn_into::<HtmlSelectElement>().and_then(|select| Fix::named(&select.value()));
            chosen.into_iter().for_each(|chosen| fix.set(chosen));
        })
    };
    match draft.row.state.as_str() {
        "UNDER_REVIEW" => html! {
            <div class="decide draft-acts">
                <TextField id="draft-item" label={texts::comment_item()} value={(*item).clone()} on_value={set(&item)} />
                <div class="field">
                    <label for="draft-fix">{ texts::fix() }</label>
                    <select id="draft-fix" class="input" onchange={on_fix}>
                        { for Fix::ALL.iter().map(|one| html! { <option value={one.zh()} selected={*one == *fix}>{ one.zh() }</option> }) }
                    </select>
                </div>
                <TextField id="draft-text" label={texts::comment_hint()} value={(*text).clone()} on_value={set(&text)} />
                <TextField id="draft-reason" label={texts::reason()} value={(*reason).clone()} on_value={set(&reason)} />
                <div class="row">
                    <button id="draft-comment" class="button" onclick={act("comment", texts::comment())}>{ texts::comment() }</button>
                    <button id="draft-return" class="button" onclick={act("return", texts::send_back())}>{ texts::send_back() }</button>
                    <button id="draft-sum-up" class="button primary" onclick={act("sumUp", texts::sum_up())}>{ texts::sum_up() }</button>
                </div>
            </div>
        },
        "SUMMED_UP" => html! {
            <div class="decide draft-acts publish">
                <TextField id="draft-text" label={texts::publish_as()} value={(*text).clone()} on_value={set(&text)} />
                <p class="says"><Icon name="info" /><span>{ texts::publish_says() }</span></p>
                <button id="draft-publish" class="button primary" disabled={text.trim().is_empty()} onclick={publish}>{ texts::publish() }</button>
            </div>
        },
        _ => html! {},
    }
}
