//! 移交: what goes to the township next, what is on its way, and what was counted there.

use crate::{
    batch::{BatchPanel, Batches, Going},
    dom,
    live::{use_answer, use_here},
    place::{Page, Step},
    texts::hand_over as texts,
    widgets::Trouble,
};
use daiban_contract::ask;
use daiban_domain::Level;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// To begin with.
    #[prop_or_default]
    pub batch: Option<AttrValue>,
}

#[component]
pub fn HandOverPage(Props { batch }: &Props) -> Html {
    let here = use_here();
    let village = here.is(Level::Village);
    let batches = use_answer(Some(ask::Batches::default()));
    let chosen = use_state_eq(|| batch.clone());
    let rows = batches.data.clone().unwrap_or_default();
    let shown = (*chosen).clone().or_else(|| rows.first().map(|row| row.batch.clone().into()));
    use_effect_with(batches.data.is_some(), move |_| {
        // What goes next comes first; where nothing does, the batches have the keys.
        if !village {
            _ = dom::focus("#batches [aria-current]") || dom::focus("#batches button");
        }
    });
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |batch| chosen.set(Some(batch)))
    };
    html! {
        <>
            <div class="page hand-over">
                <div class="head row"><h1>{ texts::title() }</h1><span class="spring" /><Where originals=false /></div>
                <Trouble failure={batches.failure.clone()} />
                if village { <Going on_batch={on_choose.clone()} /> }
                if batches.data.is_some() { <Batches batches={rows} chosen={shown.clone()} {on_choose} /> }
            </div>
            if let Some(batch) = shown { <BatchPanel key={batch.to_string()} batch={batch.clone()} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct WhereProps {
    /// Those are what is shown.
    pub originals: bool,
}

/// From hand-overs to originals and back: both tell where paper is.
#[component]
pub fn Where(WhereProps { originals }: &WhereProps) -> Html {
    let here = use_here();
    let to = |id: &'static str, page: Page, at: bool, says: &'static str| {
        let here = here.clone();
        let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(page.clone())));
        html! { <button {id} aria-pressed={at.to_string()} {onclick}>{ says }</button> }
    };
    html! {
        <div class="segments" role="group" aria-label={texts::where_next()}>
            { to("where-batches", Page::HandOver { batch: None }, !*originals, texts::title()) }
            { to("where-originals", Page::Originals, *originals, texts::whereabouts()) }
        </div>
    }
}
