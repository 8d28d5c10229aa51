//! The units right below one, each of which unfolds; or those that are sought.

use crate::{
    dom,
    live::{Here, use_answer, use_here},
    place::{Page, Queue, Step},
    texts::overview as texts,
    widgets::{Icon, Light, Trouble},
    words,
};
use daiban_contract::{
    ask::{self, DueIn},
    view::{self, UnitFigures},
};
use daiban_domain::{Level, UnitCode};
use jiff::civil::Date;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whose are listed; this desk's own if none is named.
    #[prop_or_default]
    pub unit: Option<UnitCode>,
    #[prop_or_default]
    pub search: AttrValue,
    #[prop_or(1)]
    pub depth: usize,
}

/// Rows of a tree grid; the grid itself stands around the outermost.
#[component]
pub fn Tree(Props { unit, search, depth }: &Props) -> Html {
    let answer = use_answer(Some(ask::Overview { unit: *unit, search: search.to_string() }));
    let Some(view) = &answer.data else { return html! { <Trouble failure={answer.failure.clone()} /> } };
    let folds = search.is_empty();
    let shown = view.units.len();
    html! {
        <>
            { for view.units.iter().map(|figures| html! {
                <Branch key={figures.code.to_string()} figures={figures.clone()} silent_from={view.silent_from} {folds}
                    depth={*depth} />
            }) }
            if shown == 0 { <p class="empty dense">{ if folds { texts::nobody_below() } else { texts::nobody() } }</p> }
            if (shown as u64) < view.total { <p class="dense soft more">{ texts::cut(shown, view.total) }</p> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct BranchProps {
    figures: UnitFigures,
    silent_from: u32,
    folds: bool,
    depth: usize,
}

#[component]
fn Branch(BranchProps { figures, silent_from, folds, depth }: &BranchProps) -> Html {
    let here = use_here();
    let open = use_state_eq(|| false);
    let folds = *folds && figures.level != Level::Village;
    let today = here.desk.today;
    let onkeydown = {
        let (here, open, unit) = (here.clone(), open.clone(), figures.code);
        Callback::from(move |event: KeyboardEvent| {
            let taken = match event.key().as_str() {
                "ArrowDown" => dom::focus_beside("#units [role=row][tabindex]", true).is_some(),
                "ArrowUp" => dom::focus_beside("#units [role=row][tabindex]", false).is_some(),
                "ArrowRight" if folds => {
                    open.set(true);
                    true
                }
                "ArrowLeft" if folds => {
                    open.set(false);
                    true
                }
                "Enter" if !dom::takes_enter(event.target()) => {
                    here.go(Step::Go(Page::UnitCases { unit, queue: Queue::Open }));
                    true
                }
                _ => false,
            };
            if taken {
                event.prevent_default();
            }
        })
    };
    let fold = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let silent = figures.devices > 0 && figures.silent_days.is_none_or(|days| days >= *silent_from);
    let expanded = folds.then(|| open.to_string());
    html! {
        <>
            <div role="row" tabindex="0" class="branch" data-unit={figures.code.to_string()} aria-level={depth.to_string()}
                aria-expanded={expanded} {onkeydown}>
                <span role="gridcell" class="row" style={format!("--depth: {depth}")}>
                    if folds {
                        <button class="plain fold" tabindex="-1" onclick={fold} aria-label={texts::unfold()}
                            data-open={open.to_string()}><Icon name="chevron-left" /></button>
                    }
                    <b class="clip">{ &figures.name }</b>
                </span>
                <span role="gridcell" class={classes!("clip", silent.then_some("strong"))}>
                    { heard(figures, today) }
                    if figures.below_silent > 0 {
                        <span class="small soft">{ " " }{ texts::below_silent(figures.below_silent, figures.below) }</span>
                    }
                </span>
                <span role="gridcell" class="number">{ cases(&here, figures, Queue::Open, figures.open.to_string()) }</span>
                <span role="gridcell" class="row urgent">
                    if figures.overdue > 0 {
                        { cases(&here, figures, Queue::Due(DueIn::Overdue),
                            html! { <Light light={Some(view::Light::Red)} says={texts::overdue_cases(figures.overdue)} /> }) }
                    }
                    if figures.soon > 0 {
                        { cases(&here, figures, Queue::Due(DueIn::Soon),
                            html! { <Light light={Some(view::Light::Amber)} says={texts::soon_cases(figures.soon)} /> }) }
                    }
                    if figures.doubtful > 0 {
                        { cases(&here, figures, Queue::Doubtful,
                            html! { <span class="chip doubt">{ texts::doubtful_cases(figures.doubtful) }</span> }) }
                    }
                    if figures.overdue + figures.soon + figures.doubtful == 0 {
                        <span class="soft">{ texts::nothing_urgent() }</span>
                    }
                </span>
            </div>
            if folds && *open { <Tree unit={Some(figures.code)} depth={depth + 1} /> }
        </>
    }
}

/// A figure that leads to the cases that it counts.
fn cases(here: &Here, figures: &UnitFigures, queue: Queue, says: impl Into<Html>) -> Html {
    let (here, unit) = (here.clone(), figures.code);
    let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::UnitCases { unit, queue })));
    html! { <button class="plain figure" tabindex="-1" data-list={queue.id()} {onclick}>{ says.into() }</button> }
}

/// When the county last received something of a computer of the unit itself.
fn heard(figures: &UnitFigures, today: Date) -> String {
    match (figures.devices, figures.heard, figures.silent_days) {
        (0, ..) => texts::no_device().to_owned(),
        (_, Some(at), Some(0)) => texts::today_at(&at.time_of_day()),
        (_, Some(at), Some(1)) => texts::yesterday_at(&at.time_of_day()),
        (_, Some(_), Some(days)) if days < 60 => texts::days_ago(days),
        (_, Some(at), _) => words::near_day(at.date(), today),
        (_, None, _) => texts::never().to_owned(),
    }
}
