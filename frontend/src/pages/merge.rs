//! 合并审阅: what waits at the left, the one at hand at the right, the next one with the same key that settles this one.

use crate::{
    dom, ipc,
    keys::use_page_keys,
    live::{Told, use_answer, use_here},
    merge::{Acts, Alike, Back, Fields, List, Settled, Sitting, Task, Turn, Twice, tasks},
    place::Step,
    texts::merge as texts,
    widgets::{Icon, Trouble},
};
use daiban_contract::ask;
use daiban_domain::Level;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub fn MergePage() -> Html {
    let here = use_here();
    let doubts = use_answer(Some(ask::Doubts::default()));
    let duplicates = use_answer(Some(ask::Duplicates::default()));
    let sitting = use_reducer_eq(Sitting::default);
    let settled = use_state_eq(|| None::<Settled>);
    let all = match (&doubts.data, &duplicates.data) {
        (Some(doubts), Some(duplicates)) => Some(tasks(doubts, duplicates)),
        _ => None,
    };
    let known = all.is_some();
    let all = all.unwrap_or_default();
    let waiting: Rc<Vec<String>> = Rc::new(all.iter().filter(|task| task.waits()).map(Task::id).collect());
    // What doesn't wait can be turned to as well.
    let ids: Vec<String> = all.iter().map(Task::id).collect();
    let at = sitting.at(&waiting).or_else(|| sitting.at(&ids).filter(|id| !waiting.contains(id))).cloned();
    let task = all.iter().find(|task| Some(task.id()) == at).cloned();
    let turn = sitting.dispatcher();
    let later = {
        let (turn, waiting) = (turn.clone(), waiting.clone());
        Callback::from(move |()| turn.dispatch(Turn::Later(waiting.clone())))
    };
    let done = {
        let (turn, waiting, settled) = (turn.clone(), waiting.clone(), settled.clone());
        Callback::from(move |it: Settled| {
            turn.dispatch(Turn::Next(waiting.clone()));
            settled.set(Some(it));
        })
    };
    let put_back = {
        let (here, settled) = (here.clone(), settled.clone());
        Callback::from(move |()| {
            let Some(Settled { back, .. }) = (*settled).clone() else { return };
            let (here, settled) = (here.clone(), settled.clone());
            spawn_local(async move {
                let told = match back {
                    Back::No => return,
                    Back::Word(word) => {
                        let says = if word.linked { texts::now_one() } else { texts::now_two() };
                        ipc::ask(word).await.map(|_| says.to_owned())
                    }
                    Back::Unseen { name, review } => {
                        ipc::ask(review).await.map(|_| texts::listed_again(&name))
                    }
                    Back::Fields { name, unsettle } => {
                        let mut outcome = Ok(texts::put_back(&name));
                        for one in unsettle {
                            if let Err(failure) = ipc::ask(one).await {
                                outcome = Err(failure);
                            }
                        }
                        outcome
                    }
                };
                settled.set(None);
                here.tell.emit(told.map_or_else(Told::Failed, Told::Done));
                here.touch.emit(());
            });
        })
    };
    {
        let (later, put_back, turn, waiting) =
            (later.clone(), put_back.clone(), turn.clone(), waiting.clone());
        let (covered, undoable) = (here.covered, settled.as_ref().is_some_and(|it| it.back != Back::No));
        use_page_keys(move |event| {
            if covered || dom::takes_text(event.target()) {
                return false;
            }
            match (event.key().as_str(), event.ctrl_key()) {
                ("z" | "Z", true) if undoable => put_back.emit(()),
                ("s" | "S", false) => later.emit(()),
                ("n" | "N", false) => turn.dispatch(Turn::Next(waiting.clone())),
                _ => return false,
            }
            true
        });
    }
    let choose = {
        let turn = turn.clone();
        Callback::from(move |id| turn.dispatch(Turn::To(id)))
    };
    let again = Callback::from(move |_: MouseEvent| turn.dispatch(Turn::Again));
    let back = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Back))
    };
    let cut = doubts.data.as_ref().map(|found| (found.doubts.len(), found.total));
    let onclick = put_back.reform(|_: MouseEvent| ());
    html! {
        <div class="page merge">
            <aside>
                <div class="head row">
                    if here.is(Level::Village) {
                        <button id="back" class="button small" onclick={back} aria-label={texts::title()}>
                            <Icon name="chevron-left" />
                        </button>
                    }
                    <h1 class="title">{ texts::title() }</h1>
                </div>
                <List tasks={all.clone()} at={at.clone()} later={sitting.later.clone()} {choose} />
                if let Some((shown, total)) = cut.filter(|(shown, total)| (*shown as u64) < *total) {
                    <p class="small soft">{ texts::cut(shown, total) }</p>
                }
            </aside>
            <div class="one">
                <Trouble failure={doubts.failure.clone()} />
                <Trouble failure={duplicates.failure.clone()} />
                { match task {
                    Some(Task::Fields(of)) => html! { <Fields key={at.unwrap_or_default()} {of} {later} {done} /> },
                    Some(Task::Acts(of)) => html! { <Acts key={at.unwrap_or_default()} {of} {later} {done} /> },
                    Some(Task::Twice(of)) => html! { <Twice key={at.unwrap_or_default()} {of} {later} {done} /> },
                    Some(Task::Alike(of)) => html! { <Alike key={at.unwrap_or_default()} {of} {later} {done} /> },
                    None if known => html! {
                        <div id="all-done" class="empty">
                            <Icon name="circle-check" /><p>{ texts::nothing() }</p>
                            if !sitting.later.is_empty() {
                                <p class="soft">{ texts::put_aside(sitting.later.len()) }</p>
                                <button class="button" onclick={again}>{ texts::again() }</button>
                            }
                        </div>
                    },
                    None => html! {},
                } }
                <p id="settled" class="row dense" role="status">
                    if let Some(it) = &*settled {
                        <Icon name="check" /><span>{ &it.says }</span>
                        if it.back != Back::No {
                            <button id="put-back" class="button tiny quiet" {onclick}>
                                { match &it.back {
                                    Back::Word(word) if word.linked => texts::rather_one(),
                                    Back::Word(_) => texts::rather_two(),
                                    Back::Unseen { .. } => texts::list_again(),
                                    _ => texts::settle_anew(),
                                } }
                                <kbd>{ "Ctrl Z" }</kbd>
                            </button>
                        }
                    }
                    <span class="spring" />
                    <span class="faint when-roomy"><kbd>{ "↑" }</kbd>{ " " }<kbd>{ "↓" }</kbd>{ " " }{ texts::another_field() }</span>
                    <span class="faint when-roomy"><kbd>{ "N" }</kbd>{ " " }{ texts::next() }</span>
                </p>
            </div>
        </div>
    }
}
