//! 总览: the units with what is late and who is silent, and the base of every figure.

use crate::{
    dom,
    live::{use_answer, use_here},
    overview::{MattersCard, Tree, UnderWayCard},
    place::{Page, Queue, Step},
    texts::overview as texts,
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{
    ask::{self, DueIn},
    view::{OverviewView, TodayView},
};
use daiban_domain::Level;
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn OverviewPage() -> Html {
    let here = use_here();
    let answer = use_answer(Some(ask::Overview::default()));
    let county = here.is(Level::County);
    let home = use_answer(county.then_some(ask::Home {}));
    let search = use_state_eq(AttrValue::default);
    use_effect_with(answer.data.is_some(), |_| {
        dom::focus("#unit-filter");
    });
    let oninput = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| search.set(dom::value(&event).into()))
    };
    // From typing into the tree without the mouse.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "ArrowDown" && dom::focus("#units [role=row][tabindex]") {
            event.prevent_default();
        }
    });
    let today = home.data.as_ref().and_then(|home| home.today.clone()).map(Rc::new);
    html! {
        <div class="page overview">
            <div class="head row">
                <h1>{ if county { texts::title() } else { texts::villages() } }</h1>
                if let Some(view) = &answer.data { <span class="soft clip">{ base(view) }</span> }
            </div>
            <Trouble failure={answer.failure.clone()} />
            { match &answer.data {
                Some(view) => html! { <Figures view={view.clone()} /> },
                // Their room: whoever reaches for what stands below shall not hit a figure that has just come.
                None => html! { <section class="card figures" /> },
            } }
            <section class="card list units">
                <header>
                    <h2>{ texts::tree() }</h2><span class="spring" />
                    <span class="input small">
                        <Icon name="search" />
                        <input id="unit-filter" value={(*search).clone()} {oninput} {onkeydown} autocomplete="off" spellcheck="false"
                            aria-label={texts::filter()} placeholder={texts::filter()} />
                    </span>
                </header>
                <div id="units" class="scroll" role="treegrid" aria-label={texts::tree()}>
                    <div class="header" role="row">
                        { for [texts::unit(), texts::heard(), texts::open(), texts::most_urgent()].map(|name| html! {
                            <span role="columnheader">{ name }</span>
                        }) }
                    </div>
                    <Tree search={(*search).clone()} />
                </div>
                <footer class="row small faint">
                    <span class="clip">{ texts::how_heard() }</span><span class="spring" />
                    <span class="when-roomy"><kbd>{ "↑" }</kbd>{ " " }<kbd>{ "↓" }</kbd>{ " " }{ texts::choose() }</span>
                    <span class="when-roomy"><kbd>{ "→" }</kbd>{ " " }{ texts::unfold() }</span>
                    <span class="when-roomy"><kbd>{ "Enter" }</kbd>{ " " }{ texts::see_cases() }</span>
                </footer>
            </section>
            if let Some(today) = today.filter(|today| matters(today) > 0 || !today.under_way.is_empty()) {
                <div class="right stack">
                    if matters(&today) > 0 { <MattersCard today={today.clone()} /> }
                    if !today.under_way.is_empty() { <UnderWayCard {today} /> }
                </div>
            }
        </div>
    }
}

fn matters(today: &TodayView) -> u64 {
    today.bad_ratings.total + today.matters.total
}

/// Who isn't in the figures, before them.
fn base(view: &OverviewView) -> String {
    let (_, silent) = heard(view);
    match silent {
        0 => texts::base_all_heard(view.silent_from),
        silent => texts::base_silent(silent, view.silent_from),
    }
}

/// Units with a computer, and of these the silent ones, without the one that looks.
fn heard(view: &OverviewView) -> (u64, u64) {
    (view.whole.below, view.whole.below_silent)
}

#[derive(Properties, PartialEq)]
struct FiguresProps {
    view: Rc<OverviewView>,
}

/// Each with what it is a part of.
#[component]
fn Figures(FiguresProps { view }: &FiguresProps) -> Html {
    let here = use_here();
    let whole = &view.whole;
    let go = |page: Page| {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Go(page.clone())))
    };
    let figure = |id: &'static str, name: &'static str, count: u64, base: String, page: Page| {
        html! {
            <button {id} data-count={count.to_string()} onclick={go(page)}>
                <span class="dense">{ name }</span><strong>{ count }</strong><span class="small soft clip">{ base }</span>
            </button>
        }
    };
    let (units, silent) = heard(view);
    html! {
        <section class="card figures">
            { figure("figure-open", texts::open(), whole.open, texts::of_cases(whole.cases), Page::Cases(Queue::Open)) }
            { figure("figure-overdue", texts::overdue(), whole.overdue, texts::of_open(whole.open),
                Page::Cases(Queue::Due(DueIn::Overdue))) }
            { figure("figure-soon", texts::soon(), whole.soon, texts::soon_until(&words::day(view.soon_until)),
                Page::Cases(Queue::Due(DueIn::Soon))) }
            { figure("figure-doubtful", texts::doubtful(), whole.doubtful, texts::doubtful_base().to_owned(), Page::Merge) }
            { figure("figure-silent", texts::silent(), silent, texts::of_units(units), Page::Devices) }
        </section>
    }
}
