//! The list with its search, and beside it the case that is marked in it.

use super::home::WindowButton;
use crate::{
    case::{ApplicantCard, Clocks, Marks, MaterialsCard, Offers, PapersCard, PhotosCard, Story, waits_for},
    dom,
    keys::use_page_keys,
    live::{use_answer, use_here},
    place::{Over, Page, Place, Queue, Step},
    widgets::{CheckedPaper, Icon, Light, PaperButton, Reach, Trouble, subject_of_code},
    words,
};
use daiban_contract::{
    act::PaperOf,
    ask,
    view::{self, CaseList, CaseRow},
};
use daiban_domain::{Level, UnitCode, case::State};
use jiff::civil::Date;
use std::rc::Rc;
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

/// Rows asked for at first, and more each time the end of the list comes near.
const PAGE: u32 = 100;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub place: Rc<Place>,
    pub queue: Queue,
}

#[component]
pub fn DeskPage(Props { place, queue }: &Props) -> Html {
    let here = use_here();
    let queue = *queue;
    let only = use_state_eq(|| None::<State>);
    let unit = use_state_eq(|| None::<UnitCode>);
    let limit = use_state_eq(|| PAGE);
    {
        let (only, limit) = (only.clone(), limit.clone());
        use_effect_with((queue, place.search.clone()), move |_| {
            only.set(None);
            limit.set(PAGE);
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
    let sought = code.unwrap_or(&place.search);
    let question = ask::Cases {
        states: narrowed.map_or_else(|| queue.states().to_vec(), |state| vec![state]),
        unit: *unit,
        doubtful: queue == Queue::Doubtful,
        search: Some(sought.to_owned()).filter(|text| !text.trim().is_empty()),
        limit: *limit,
        offset: 0,
    };
    let list = use_answer(Some(question));
    let rows: &[CaseRow] = list.data.as_deref().map(|list| &list.cases[..]).unwrap_or_default();
    let marked = place.chosen.as_deref().and_then(|chosen| rows.iter().position(|row| row.case_no == chosen));
    let marked = rows.get(marked.unwrap_or(0)).map(|row| AttrValue::from(row.case_no.clone()));
    use_effect_with(marked.clone(), |_| dom::reveal("#cases [aria-selected=true]"));
    {
        let (here, list, marked) = (here.clone(), list.data.clone(), marked.clone());
        use_page_keys(move |event| {
            let typing = dom::takes_text(event.target()) && dom::target_id(event.target()) != "search";
            let (Some(list), false) = (&list, here.covered || typing) else { return false };
            let at = list.cases.iter().position(|row| Some(row.case_no.as_str()) == marked.as_deref());
            let choose = |to: Option<usize>| {
                let row = to.and_then(|to| list.cases.get(to));
                row.into_iter().for_each(|row| here.go(Step::Choose(row.case_no.clone().into())));
                true
            };
            let searching = dom::target_id(event.target()) == "search";
            match event.key().as_str() {
                "ArrowDown" => choose(at.map(|at| at + 1)),
                "ArrowUp" => choose(at.and_then(|at| at.checked_sub(1))),
                // Into the panel; the step itself is the next Enter.
                "Enter" if searching || !dom::takes_enter(event.target()) => {
                    dom::focus(".panel .primary") || dom::focus(".panel button")
                }
                "o" | "O" if !searching && !event.ctrl_key() => {
                    let page = marked.clone().map(|case_no| Page::Case { case_no, begin: None });
                    page.into_iter().for_each(|page| here.go(Step::Go(page)));
                    true
                }
                _ => false,
            }
        });
    }
    let on_scroll = {
        let (limit, total) = (limit.clone(), list.data.as_ref().map_or(0, |list| list.total));
        Callback::from(move |event: Event| {
            let Some(area) = event.target_dyn_into::<Element>() else { return };
            let left = area.scroll_height() - area.scroll_top() - area.client_height();
            if left < area.client_height() && u64::from(*limit) < total {
                limit.set(*limit + PAGE);
            }
        })
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
        Callback::from(move |_: MouseEvent| here.go(Step::Open(Over::Batch)))
    };
    let title = if place.search.is_empty() { queue.title() } else { "找到的" };
    let on_unit = Callback::from(move |chosen| unit.set(chosen));
    let on_state = Callback::from(move |chosen| only.set(chosen));
    html! {
        <>
            <div class="page desk">
                <div class="head row">
                    <h1>{ title }</h1>
                    if let Some(list) = &list.data { <span id="total" class="soft">{ format!("{} 件", list.total) }</span> }
                    <span class="spring" />
                    if queue == Queue::All && place.search.is_empty() && !here.is(Level::County) {
                        <PaperButton id="print-last-ledger" says="上月台账" of={last_ledger} />
                        <PaperButton id="print-ledger" says="本月台账" of={ledger} />
                    }
                    if queue == Queue::HandOver && list.data.as_ref().is_some_and(|list| list.total > 0) {
                        <button id="hand-over-all" class="button small" onclick={hand_over}>
                            <Icon name="send" />{ "一起移交" }
                        </button>
                    }
                    if here.is(Level::Township) { <WindowButton /> }
                </div>
                <div class="row">
                    if here.is(Level::Village) {
                        <VillageQueues {queue} list={list.data.clone()} />
                    } else if let Some(list) = list.data.clone().filter(|_| queue.states().len() > 1) {
                        <States {queue} {list} only={narrowed} on_state={on_state} />
                    }
                    <span class="spring" />
                    if here.desk.units.len() > 1 { <Units {on_unit} /> }
                </div>
                <Trouble failure={list.failure.clone()} />
                if code.is_some() { <CheckedPaper code={place.search.clone()} /> }
                <div id="list" class="table-box scroll" tabindex="0" onscroll={on_scroll}>
                    <Rows list={list.data.clone()} marked={marked.clone()} />
                </div>
            </div>
            <Panel case_no={marked} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct StatesProps {
    queue: Queue,
    list: Rc<CaseList>,
    only: Option<State>,
    on_state: Callback<Option<State>>,
}

/// Narrows a queue to one of its states.
#[component]
fn States(StatesProps { queue, list, only, on_state }: &StatesProps) -> Html {
    let count = |state: &State| list.counts.get(state).copied().unwrap_or_default();
    let button = |state: Option<State>, says: String| {
        let onclick = on_state.reform(move |_: MouseEvent| state);
        html! { <button aria-pressed={(*only == state).to_string()} {onclick}>{ says }</button> }
    };
    let total: u64 = queue.states().iter().map(count).sum();
    html! {
        <div class="segments" role="group" aria-label="状态">
            { button(None, format!("全部 {total}")) }
            { for queue.states().iter().map(|state| button(Some(*state), format!("{} {}", state.zh(), count(state)))) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct QueuesProps {
    queue: Queue,
    list: Option<Rc<CaseList>>,
}

/// The village has few cases: its queues stand above the list.
#[component]
fn VillageQueues(QueuesProps { queue, list }: &QueuesProps) -> Html {
    let here = use_here();
    let queues = [
        (Queue::All, "全部"),
        (Queue::HandOver, "可以移交"),
        (Queue::Deliver, "要送达"),
        (Queue::Doubtful, "两处不一样"),
    ];
    html! {
        <div class="segments" role="group" aria-label="哪些办件">
            { for queues.into_iter().map(|(to, says)| {
                let here = here.clone();
                let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Cases(to))));
                let count = list.as_ref().map(|list| match to {
                    Queue::All => list.counts.values().sum(),
                    Queue::Doubtful => list.doubtful,
                    _ => to.states().iter().filter_map(|state| list.counts.get(state)).sum::<u64>(),
                });
                html! {
                    <button id={format!("to-{}", to.id())} aria-pressed={(*queue == to).to_string()} {onclick}>
                        { says }{ count.map(|count| format!(" {count}")) }
                    </button>
                }
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct UnitsProps {
    on_unit: Callback<Option<UnitCode>>,
}

#[component]
fn Units(UnitsProps { on_unit }: &UnitsProps) -> Html {
    let desk = use_here().desk;
    let on_unit = on_unit.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        on_unit.emit(select.and_then(|select| select.value().parse().ok()));
    });
    let says = if desk.level == Level::County { "乡镇、村：全部" } else { "村（社区）：全部" };
    html! {
        <select id="unit" class="chip filter" {onchange} aria-label="哪个单位">
            <option value="">{ says }</option>
            { for desk.units.iter().filter(|unit| unit.code != desk.unit).map(|unit| html! {
                <option value={unit.code.to_string()}>
                    { if unit.level == Level::Village && desk.level == Level::County { "　" } else { "" } }{ &unit.name }
                </option>
            }) }
        </select>
    }
}

#[derive(Properties, PartialEq)]
struct RowsProps {
    list: Option<Rc<CaseList>>,
    marked: Option<AttrValue>,
}

#[component]
fn Rows(RowsProps { list, marked }: &RowsProps) -> Html {
    let here = use_here();
    let village = here.is(Level::Village);
    let Some(list) = list else { return html! {} };
    if list.cases.is_empty() {
        return html! { <div class="empty"><Icon name="inbox" /><p>{ "这里没有办件。" }</p></div> };
    }
    let columns = ["时限", "申请人", "事项", if village { "到了哪里" } else { "来自" }, "状态"];
    html! {
        <div id="cases" class="rows" role="grid" aria-label="办件">
            <div class="header" role="row">
                { for columns.map(|name| html! { <span role="columnheader">{ name }</span> }) }
                <span role="columnheader" class="when-roomy">{ "标记" }</span>
            </div>
            { for list.cases.iter().map(|row| {
                let marked = marked.as_deref() == Some(row.case_no.as_str());
                html! { <Row key={row.case_no.clone()} row={row.clone()} {marked} /> }
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    row: CaseRow,
    marked: bool,
}

#[component]
fn Row(RowProps { row, marked }: &RowProps) -> Html {
    let here = use_here();
    let case_no = AttrValue::from(row.case_no.clone());
    let onclick = {
        let (here, case_no) = (here.clone(), case_no.clone());
        Callback::from(move |_: MouseEvent| here.go(Step::Choose(case_no.clone())))
    };
    let ondblclick = {
        let (here, case_no) = (here.clone(), case_no.clone());
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    html! {
        <div role="row" data-case={case_no} data-state={row.state.as_str()} aria-selected={marked.to_string()} {onclick}
            {ondblclick}>
            <span role="gridcell"><Light light={row.light} says={row.light_says.clone()} /></span>
            <span role="gridcell" class={marked.then_some("strong")}>{ words::named(&row.applicant_name) }</span>
            <span role="gridcell" title={row.item_name.clone()}>{ &row.item_name }</span>
            <span role="gridcell">
                if here.is(Level::Village) { <Reach at={row.reach} /> } else { { &row.unit_name } }
            </span>
            <span role="gridcell">{ &row.state_name }</span>
            <span role="gridcell" class="when-roomy">
                // What has arrived is the rule there, and not worth a column.
                if !here.is(Level::Village) && row.reach != view::Reach::County { <Reach at={row.reach} /> }
                if row.doubtful { <span class="chip doubt">{ "两处不一样" }</span> }
                { for row.marks.iter().map(|mark| html! { <span class="chip mark">{ mark }</span> }) }
            </span>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PanelProps {
    case_no: Option<AttrValue>,
}

#[component]
fn Panel(PanelProps { case_no }: &PanelProps) -> Html {
    let here = use_here();
    let case = use_answer(case_no.as_ref().map(|case_no| ask::Case { case_no: case_no.to_string() }));
    // What is still shown of the case before can't be acted on.
    let shown = case.data.clone().filter(|case| Some(case.case_no.as_str()) == case_no.as_deref());
    let Some(shown) = shown else {
        return html! {
            <aside class="panel" aria-label="选中的办件"><Trouble failure={case.failure.clone()} /></aside>
        };
    };
    let open = {
        let case_no = AttrValue::from(shown.case_no.clone());
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    html! {
        <aside class="panel" aria-label="选中的办件" data-case={shown.case_no.clone()} data-state={shown.state.as_str()}>
            <section>
                <div class="row">
                    <h1 class="clip">{ words::named(&shown.applicant.name) }</h1><span class="chip state">{ &shown.state_name }</span>
                    <span class="spring" />
                    <button id="open-case" class="button small quiet" onclick={open}>{ "全页" }<kbd>{ "O" }</kbd></button>
                </div>
                <p>{ &shown.item_name }</p>
                <p class="small faint">{ &shown.case_no }</p>
                <p class="row wrap"><Reach at={shown.reach} /><Marks case={shown.clone()} /></p>
            </section>
            <div class="spring scroll" tabindex="0">
                <section><p class="dense soft">{ waits_for(shown.state) }</p><Clocks case={shown.clone()} /></section>
                <ApplicantCard case={shown.clone()} />
                <MaterialsCard case={shown.clone()} />
                <PhotosCard case={shown.clone()} />
                <PapersCard case={shown.clone()} />
                <section><h2>{ "经过" }</h2><Story case={shown.clone()} /></section>
            </div>
            if !shown.offers.is_empty() { <footer><Offers case={shown} /></footer> }
        </aside>
    }
}
