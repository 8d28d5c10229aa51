//! The rows of the list.

use crate::{
    live::use_here,
    place::{Page, Step},
    texts::{cases as texts, table},
    widgets::{
        Light, Reach,
        table::{Column, Line, Pages, Sorted, Table},
    },
    words,
};
use daiban_contract::{
    ask,
    view::{self, CaseRow},
};
use daiban_domain::{Level, case::Order};
use std::{ops::Range, rc::Rc};
use yew::prelude::*;

/// The mark in the list: a row, and the case that stands there as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub at: usize,
    pub case_no: Option<AttrValue>,
}

impl Mark {
    /// Where it stands now. It keeps to the case that was chosen; where that has left the list, to its place.
    pub fn of(
        pages: &Pages<ask::Cases>,
        count: usize,
        chosen: Option<(&AttrValue, usize)>,
        going: Option<usize>,
    ) -> Option<Self> {
        let last = count.checked_sub(1)?;
        let stands = |case_no: &AttrValue| {
            pages.iter().find_map(|(first, list)| {
                let at = list.cases.iter().position(|row| row.case_no == case_no.as_str())?;
                Some(first + at)
            })
        };
        let at = going.or_else(|| chosen.and_then(|(case_no, at)| stands(case_no).or(Some(at))));
        let at = at.unwrap_or_default().min(last);
        let here = row(pages, at).map(|row| AttrValue::from(row.case_no.clone()));
        Some(Self { at, case_no: here.or_else(|| chosen.map(|(case_no, _)| case_no.clone())) })
    }
}

pub fn row(pages: &Pages<ask::Cases>, at: usize) -> Option<&CaseRow> {
    let (list, place) = pages.at(at)?;
    list.cases.get(place)
}

/// The columns of the list at a level. What is found has an order by recording alone.
fn columns(level: Level, searching: bool) -> Vec<Column> {
    let village = level == Level::Village;
    vec![
        Column::new("due", texts::due(), 10.25).sorts(!searching),
        Column::new("applicant", texts::applicant(), 5.75),
        Column::new("item", texts::item(), None),
        if village {
            Column::new("reach", texts::reach(), 7.75)
        } else {
            Column::new("from", texts::from(), 4.75)
        },
        Column::new("state", texts::state(), 3.75),
        Column::new("registered", texts::registered(), 4.5).roomy().sorts(true),
        Column::new("marks", texts::marks(), 5.5).roomy(),
    ]
}

#[derive(Properties)]
pub struct Props {
    pub pages: Rc<Pages<ask::Cases>>,
    pub count: usize,
    /// Names what is listed.
    pub list: AttrValue,
    pub searching: bool,
    pub marked: Option<usize>,
    pub on_mark: Callback<usize>,
    pub order: Order,
    pub on_order: Callback<Order>,
    pub on_view: Callback<Range<usize>>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        // Pages never change where they lie.
        Rc::ptr_eq(&self.pages, &other.pages)
            && (self.count, &self.list, self.searching, self.marked, self.order)
                == (other.count, &other.list, other.searching, other.marked, other.order)
    }
}

#[component]
pub fn CaseRows(props: &Props) -> Html {
    let here = use_here();
    let sorted = Some(match props.order {
        Order::Newest => Sorted { by: "registered", ascending: false },
        Order::Oldest => Sorted { by: "registered", ascending: true },
        Order::Soonest => Sorted { by: "due", ascending: true },
    });
    let on_sort = {
        let order = props.order;
        props.on_order.reform(move |by| match (by, order) {
            ("due", Order::Soonest) => Order::Newest,
            ("due", _) => Order::Soonest,
            (_, Order::Newest) => Order::Oldest,
            _ => Order::Newest,
        })
    };
    let pages = props.pages.clone();
    let draw = Callback::from(move |line: Line| {
        let row = row(&pages, line.at).cloned();
        let at = line.at;
        html! { <Row key={at} {line} {row} /> }
    });
    html! {
        <Table id="list" rows_id="cases" label={texts::label()} columns={columns(here.desk.level, props.searching)}
            list={props.list.clone()} count={props.count} marked={props.marked} on_mark={props.on_mark.clone()}
            {sorted} {on_sort} on_view={props.on_view.clone()} row={draw} has_keys={!here.covered} />
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    line: Line,
    /// `None`: it is on its way.
    row: Option<CaseRow>,
}

#[component]
fn Row(RowProps { line, row }: &RowProps) -> Html {
    let here = use_here();
    let Some(row) = row else {
        return html! {
            <div id={line.id.clone()} class="line" role="row" style={line.style()} aria-rowindex={(line.at + 2).to_string()}
                aria-busy="true">
                <span role="gridcell" class="faint">{ table::loading() }</span>
            </div>
        };
    };
    let case_no = AttrValue::from(row.case_no.clone());
    let onclick = {
        let (on_mark, at) = (line.on_mark.clone(), line.at);
        Callback::from(move |_: MouseEvent| on_mark.emit(at))
    };
    let ondblclick = {
        let (here, case_no) = (here.clone(), case_no.clone());
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    html! {
        <div id={line.id.clone()} class="line" role="row" style={line.style()} aria-rowindex={(line.at + 2).to_string()}
            data-case={case_no} data-state={row.state.as_str()} aria-selected={line.marked.to_string()} {onclick} {ondblclick}>
            { for line.layout.columns().iter().map(|column| html! {
                <span key={column.id} role="gridcell" class={classes!(
                    column.roomy.then_some("when-roomy"),
                    (line.marked && column.id == "applicant").then_some("strong"),
                )} title={(column.id == "item").then(|| row.item_name.clone())}>
                    { cell(column.id, row, here.desk.level) }
                </span>
            }) }
        </div>
    }
}

fn cell(column: &str, row: &CaseRow, level: Level) -> Html {
    match column {
        "due" => html! { <Light light={row.light} says={row.light_says.clone()} /> },
        "applicant" => html! { { words::named(&row.applicant_name) } },
        "item" => html! { { &row.item_name } },
        "reach" => html! { <Reach at={row.reach} /> },
        "from" => html! { { &row.unit_name } },
        "state" => html! { { &row.state_name } },
        "registered" => html! { { words::day(row.registered_on) } },
        _ => html! {
            <>
                // What has arrived is the rule there, and not worth a column.
                if level != Level::Village && row.reach != view::Reach::County { <Reach at={row.reach} /> }
                if row.doubtful { <span class="chip doubt">{ texts::doubtful() }</span> }
                { for row.marks.iter().map(|mark| html! { <span class="chip mark">{ mark }</span> }) }
            </>
        },
    }
}
