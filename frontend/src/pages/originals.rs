//! 原件: the residents' own papers: which case's are where, and for how long.

use super::hand_over::Where;
use crate::{
    cases::Panel,
    dom,
    keys::use_page_keys,
    live::use_here,
    place::{Page, Step},
    texts::{hand_over, originals as texts, table},
    widgets::{
        Empty, Trouble,
        table::{Column, Line, MOST, Table, use_pages},
    },
    words,
};
use daiban_contract::{
    ask,
    view::{OriginalsRow, OriginalsView},
};
use daiban_domain::{Level, case::custody::Whereabouts};
use std::ops::Range;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// For how many days at least they have been where they are.
const AGES: [u16; 4] = [0, 7, 30, 90];

#[component]
pub fn OriginalsPage() -> Html {
    let here = use_here();
    let (place, days) = (use_state_eq(|| None::<Whereabouts>), use_state_eq(|| 0_u16));
    let (marked, rows) = (use_state_eq(|| 0_usize), use_state_eq(|| 0..1));
    let question = ask::Originals { place: *place, days: *days, ..ask::Originals::default() };
    let list = AttrValue::from(format!("{question:?}"));
    let pages = use_pages(question, (*rows).clone());
    let count = pages.last.as_ref().map_or(0, |view| view.total as usize).min(MOST);
    let at = (*marked).min(count.saturating_sub(1));
    let row_at = |at: usize| pages.at(at).and_then(|(view, place)| view.rows.get(place)).cloned();
    let case_no = row_at(at).map(|row| AttrValue::from(row.case_no));
    use_effect_with((), |()| {
        dom::focus("#list");
    });
    {
        let (here, case_no) = (here.clone(), case_no.clone());
        use_page_keys(move |event| {
            if here.covered || dom::takes_text(event.target()) {
                return false;
            }
            let opens = matches!(event.key().as_str(), "o" | "O") && !event.ctrl_key();
            if opens {
                let page = case_no.clone().map(|case_no| Page::Case { case_no, begin: None });
                page.into_iter().for_each(|page| here.go(Step::Go(page)));
            }
            opens
        });
    }
    let onchange = {
        let (days, marked) = (days.clone(), marked.clone());
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            days.set(select.and_then(|select| select.value().parse().ok()).unwrap_or_default());
            marked.set(0);
        })
    };
    let on_place = {
        let (place, marked) = (place.clone(), marked.clone());
        Callback::from(move |to| {
            place.set(to);
            marked.set(0);
        })
    };
    let on_mark = {
        let marked = marked.clone();
        Callback::from(move |at| marked.set(at))
    };
    let draw = {
        let pages = pages.clone();
        Callback::from(move |line: Line| {
            let row = pages.at(line.at).and_then(|(view, place)| view.rows.get(place)).cloned();
            let at = line.at;
            html! { <Row key={at} {line} {row} /> }
        })
    };
    let on_view = Callback::from(move |drawn: Range<usize>| rows.set(drawn));
    html! {
        <>
            <div class="page desk originals">
                <div class="head row">
                    <h1>{ hand_over::whereabouts() }</h1>
                    if let Some(view) = &pages.last { <span id="total" class="soft" role="status">{ texts::total(view.total) }</span> }
                    <span class="spring" /><Where originals=true />
                </div>
                <div class="row">
                    if let Some(view) = &pages.last { { places(view, *place, &on_place) } }
                    <span class="spring" />
                    <select id="how-long" class="chip filter" {onchange} aria-label={texts::how_long()}>
                        { for AGES.into_iter().map(|each| html! {
                            <option value={each.to_string()} selected={each == *days}>
                                { if each == 0 { texts::any_time().to_owned() } else { texts::for_days(each) } }
                            </option>
                        }) }
                    </select>
                </div>
                <Trouble failure={pages.failure.clone()} />
                <div class="table-box">
                    <Table id="list" rows_id="originals" label={texts::label()} columns={columns(here.desk.level)} {list} {count}
                        marked={(count > 0).then_some(at)} {on_mark} {on_view} row={draw} has_keys={!here.covered} />
                    if pages.last.is_some() && count == 0 { <Empty icon="folder-open" says={texts::none()} /> }
                </div>
            </div>
            <Panel {case_no} />
        </>
    }
}

/// The places with how many cases have originals there; those without any are left out.
fn places(view: &OriginalsView, at: Option<Whereabouts>, on_place: &Callback<Option<Whereabouts>>) -> Html {
    let button = |place: Option<Whereabouts>, says: &str, count: u64| {
        let id = place.map_or("held", Whereabouts::as_str);
        let onclick = on_place.reform(move |_: MouseEvent| place);
        html! { <button data-place={id} aria-pressed={(place == at).to_string()} {onclick}>{ format!("{says} {count}") }</button> }
    };
    let count = |place: &Whereabouts| view.counts.get(place).copied().unwrap_or_default();
    let held =
        view.counts.iter().filter(|(place, _)| **place != Whereabouts::Returned).map(|(_, cases)| cases);
    let places = Whereabouts::ALL.into_iter().filter(|place| count(place) > 0 || Some(*place) == at);
    html! {
        <div class="segments" role="group" aria-label={texts::which_place()}>
            { button(None, texts::all(), held.sum()) }
            { for places.map(|place| button(Some(place), named(place), count(&place))) }
        </div>
    }
}

fn named(place: Whereabouts) -> &'static str {
    match place {
        Whereabouts::Village => texts::village(),
        Whereabouts::ToTownship => texts::to_township(),
        Whereabouts::Township => texts::township(),
        Whereabouts::County => texts::county(),
        Whereabouts::ToVillage => texts::to_village(),
        Whereabouts::Returned => texts::returned(),
    }
}

fn since(days: u32) -> String {
    if days == 0 { texts::today().to_owned() } else { texts::days(days) }
}

fn columns(level: Level) -> Vec<Column> {
    let mut columns = vec![
        Column::new("since", texts::since(), 4.5),
        Column::new("applicant", texts::applicant(), 5.75),
        Column::new("item", texts::item(), None),
        Column::new("place", texts::place(), 6.5),
        Column::new("holder", texts::holder(), 6.0),
        Column::new("sheets", texts::sheets(), 3.5).roomy(),
    ];
    if level != Level::Village {
        columns.insert(3, Column::new("from", texts::from(), 5.0).roomy());
    }
    columns
}

#[derive(Properties, PartialEq)]
struct RowProps {
    line: Line,
    /// `None`: it is on its way.
    row: Option<OriginalsRow>,
}

#[component]
fn Row(RowProps { line, row }: &RowProps) -> Html {
    let here = use_here();
    let onclick = {
        let (on_mark, at) = (line.on_mark.clone(), line.at);
        Callback::from(move |_: MouseEvent| on_mark.emit(at))
    };
    let ondblclick = {
        let case_no = row.as_ref().map(|row| AttrValue::from(row.case_no.clone()));
        Callback::from(move |_: MouseEvent| {
            let page = case_no.clone().map(|case_no| Page::Case { case_no, begin: None });
            page.into_iter().for_each(|page| here.go(Step::Go(page)));
        })
    };
    let cell = |column: &str, row: &OriginalsRow| match column {
        "since" => html! { <span title={words::day(row.since)}>{ since(row.days) }</span> },
        "applicant" => html! { { words::named(&row.applicant_name) } },
        "item" => html! { { &row.item_name } },
        "from" => html! { { &row.unit_name } },
        "place" => html! { { named(row.place) } },
        "holder" => html! { { &row.holder_name } },
        _ => html! { { row.originals } },
    };
    html! {
        <div id={line.id.clone()} class="line" role="row" style={line.style()} aria-rowindex={(line.at + 2).to_string()}
            data-case={row.as_ref().map(|row| row.case_no.clone())} data-place={row.as_ref().map(|row| row.place.as_str())}
            aria-busy={row.is_none().then_some("true")} aria-selected={line.marked.to_string()} {onclick} {ondblclick}>
            if let Some(row) = row {
                { for line.layout.columns().iter().map(|column| html! {
                    <span key={column.id} role="gridcell" class={column.roomy.then_some("when-roomy")}>{ cell(column.id, row) }</span>
                }) }
            } else {
                <span role="gridcell" class="faint">{ table::loading() }</span>
            }
        </div>
    }
}
