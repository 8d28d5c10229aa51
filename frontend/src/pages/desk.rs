//! The list with its search, and beside it the case that is marked in it.

use super::home::WindowButton;
use crate::{
    cases::{CaseRows, Mark, Panel, States, Units, VillageQueues},
    dom,
    keys::use_page_keys,
    live::use_here,
    place::{Page, Place, Queue, Step},
    texts::{cases as texts, table},
    widgets::{
        CheckedPaper, Empty, Icon, PaperButton, Trouble, subject_of_code,
        table::{MOST, use_pages},
    },
};
use daiban_contract::{act::PaperOf, ask};
use daiban_domain::{
    Level, UnitCode,
    case::{Order, State},
};
use jiff::civil::Date;
use std::{ops::Range, rc::Rc};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub place: Rc<Place>,
    pub queue: Queue,
    /// Only of this one and those below it, to begin with.
    #[prop_or_default]
    pub unit: Option<UnitCode>,
}

#[component]
pub fn DeskPage(Props { place, queue, unit: of }: &Props) -> Html {
    let here = use_here();
    let queue = *queue;
    let only = use_state_eq(|| None::<State>);
    let unit = use_state_eq(|| *of);
    let order = use_state_eq(Order::default);
    let chosen = place.chosen.as_ref().map(|(case_no, at)| (case_no, *at));
    let rows = {
        let at = chosen.map_or(0, |(_, at)| at);
        use_state_eq(|| at..at + 1)
    };
    // A row that the mark goes to before it is known which case stands there.
    let going = use_state_eq(|| None::<usize>);
    {
        let (only, order, going) = (only.clone(), order.clone(), going.clone());
        use_effect_with((queue, place.search.clone()), move |_| {
            only.set(None);
            order.set(Order::default());
            going.set(None);
        });
    }
    use_effect_with(queue, |_| {
        // The arrows and Enter are the list's from the start, unless somebody is typing in the search line.
        if dom::focused_id() != "search" {
            dom::focus("#list");
        }
    });
    // A filter of the queue before must not narrow this one for the moment until it is cleared.
    let narrowed = only.filter(|state| queue.states().contains(state));
    let code = subject_of_code(&place.search);
    let sought = Some(code.unwrap_or(&place.search)).filter(|text| !text.trim().is_empty());
    let question = ask::Cases {
        states: narrowed.map_or_else(|| queue.states().to_vec(), |state| vec![state]),
        unit: *unit,
        doubtful: queue == Queue::Doubtful,
        search: sought.map(str::to_owned),
        due: match queue {
            Queue::Due(when) => Some(when),
            _ => None,
        },
        order: if sought.is_some() && *order == Order::Soonest { Order::Newest } else { *order },
        ..ask::Cases::default()
    };
    let (order_now, list) = (question.order, AttrValue::from(format!("{question:?}")));
    let pages = use_pages(question, (*rows).clone());
    let total = pages.last.as_ref().map(|list| list.total);
    let count = (total.unwrap_or_default() as usize).min(MOST);
    let mark = Mark::of(&pages, count, chosen, *going);
    let marked = mark.as_ref().and_then(|mark| mark.case_no.clone());
    {
        // What was gone to is chosen as soon as it is known.
        let (here, going, mark) = (here.clone(), going.clone(), mark.clone());
        let known = mark.as_ref().is_some_and(|mark| pages.at(mark.at).is_some());
        use_effect_with((*going, known), move |(to, known)| {
            if let (Some(to), true, Some(Mark { at, case_no: Some(case_no) })) = (to, known, mark)
                && *to == at
            {
                here.go(Step::Choose(case_no, at));
                going.set(None);
            }
        });
    }
    {
        let (here, marked) = (here.clone(), marked.clone());
        use_page_keys(move |event| {
            let searching = dom::target_id(event.target()) == "search";
            let typing = dom::takes_text(event.target()) && !searching;
            if here.covered || typing {
                return false;
            }
            match event.key().as_str() {
                "o" | "O" if !searching && !event.ctrl_key() => {
                    let page = marked.clone().map(|case_no| Page::Case { case_no, begin: None });
                    page.into_iter().for_each(|page| here.go(Step::Go(page)));
                    true
                }
                _ => false,
            }
        });
    }
    // The same one each time, or every row that is drawn would be drawn anew with each step of the mark.
    let on_mark = {
        let going = going.setter();
        use_callback((), move |at, ()| going.set(Some(at)))
    };
    let today = here.desk.today;
    let ledger = |month: Date| {
        let month = month.strftime("%Y-%m").to_string();
        PaperOf::Ledger { unit: (*unit).unwrap_or(here.desk.unit), month }
    };
    let last_ledger = ledger(today.first_of_month().yesterday().unwrap_or(today));
    let ledger = ledger(today);
    let hand_over = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::HandOver { batch: None })))
    };
    let title = if place.search.is_empty() { queue.title() } else { texts::found() };
    let on_unit = {
        let unit = unit.clone();
        Callback::from(move |chosen| unit.set(chosen))
    };
    let on_state = Callback::from(move |chosen| only.set(chosen));
    let on_order = {
        let order = order.clone();
        Callback::from(move |chosen| order.set(chosen))
    };
    let on_view = Callback::from(move |drawn: Range<usize>| rows.set(drawn));
    html! {
        <>
            <div class="page desk">
                <div class="head row">
                    <h1>{ title }</h1>
                    if let Some(total) = total {
                        <span id="total" class="soft" role="status">{ texts::total(total) }</span>
                        if order_now == Order::Soonest { <span class="small soft">{ table::running_only() }</span> }
                        if total > MOST as u64 { <span class="small soft">{ table::first_only(MOST) }</span> }
                    }
                    <span class="spring" />
                    if queue == Queue::All && place.search.is_empty() && !here.is(Level::County) {
                        <PaperButton id="print-last-ledger" says={texts::last_ledger()} of={last_ledger} />
                        <PaperButton id="print-ledger" says={texts::ledger()} of={ledger} />
                    }
                    if queue == Queue::HandOver && count > 0 {
                        <button id="hand-over-all" class="button small" onclick={hand_over}>
                            <Icon name="send" />{ texts::hand_over_all() }
                        </button>
                    }
                    if here.is(Level::Township) { <WindowButton /> }
                </div>
                <div class="row">
                    if here.is(Level::Village) {
                        <VillageQueues {queue} list={pages.last.clone()} />
                    } else if let Some(list) = pages.last.clone().filter(|_| queue.states().len() > 1 && queue != Queue::Open) {
                        <States {queue} {list} only={narrowed} on_state={on_state} />
                    }
                    <span class="spring" />
                    if here.desk.units.len() > 1 { <Units unit={*unit} {on_unit} /> }
                </div>
                <Trouble failure={pages.failure.clone()} />
                if code.is_some() { <CheckedPaper code={place.search.clone()} /> }
                <div class="table-box">
                    <CaseRows pages={pages.clone()} {count} {list} searching={sought.is_some()} marked={mark.map(|mark| mark.at)}
                        {on_mark} order={order_now} {on_order} {on_view} />
                    if total == Some(0) {
                        if let Some(sought) = sought {
                            <Empty icon="search" says={texts::none_found(sought)} then={texts::try_other()} />
                        } else {
                            <Empty icon="inbox" says={texts::none()} />
                        }
                    }
                </div>
            </div>
            <Panel case_no={marked} />
        </>
    }
}
