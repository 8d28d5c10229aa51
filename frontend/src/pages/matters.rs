//! 来访: what people come with beside cases, by the day on which it is due.

use crate::{
    dom,
    keys::use_page_keys,
    live::{use_answer, use_here},
    matters::{MatterPanel, TakeDown},
    texts::matters as texts,
    widgets::{Icon, Light, Trouble},
    words,
};
use daiban_contract::{
    ask,
    view::{MatterList, MatterRow},
};
use daiban_domain::{UnitCode, matter::Kind};
use jiff::civil::Date;
use std::rc::Rc;
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

/// Rows asked for at first, and more each time the end of the list comes near.
const PAGE: u32 = 100;

/// What stands at the right.
#[derive(Clone, PartialEq)]
enum Beside {
    Nothing,
    New,
    One(AttrValue),
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// To begin with.
    #[prop_or_default]
    pub matter_no: Option<AttrValue>,
}

#[component]
pub fn MattersPage(Props { matter_no }: &Props) -> Html {
    let here = use_here();
    let open = use_state_eq(|| true);
    let kind = use_state_eq(|| None::<Kind>);
    let unit = use_state_eq(|| None::<UnitCode>);
    let limit = use_state_eq(|| PAGE);
    let beside = use_state_eq(|| matter_no.clone().map_or(Beside::Nothing, Beside::One));
    let list = use_answer(Some(ask::Matters {
        kind: *kind,
        unit: *unit,
        open: *open,
        limit: *limit,
        ..Default::default()
    }));
    let marked = match &*beside {
        Beside::One(matter_no) => Some(matter_no.clone()),
        _ => None,
    };
    use_effect_with((), |()| {
        dom::focus("#matter-list");
    });
    use_effect_with(marked.clone(), |_| dom::reveal("#matters [aria-selected=true]"));
    let choose = {
        let beside = beside.clone();
        use_callback((), move |matter_no: AttrValue, ()| beside.set(Beside::One(matter_no)))
    };
    {
        let (covered, list, marked, choose) =
            (here.covered, list.data.clone(), marked.clone(), choose.clone());
        use_page_keys(move |event| {
            let (Some(list), false) = (&list, covered || dom::takes_text(event.target())) else {
                return false;
            };
            let at = list.matters.iter().position(|row| Some(row.matter_no.as_str()) == marked.as_deref());
            let to = match event.key().as_str() {
                "ArrowDown" => at.map_or(0, |at| at + 1),
                "ArrowUp" => at.map_or(0, |at| at.saturating_sub(1)),
                "Enter" if !dom::takes_enter(event.target()) => {
                    return dom::focus("#matter .primary") || dom::focus("#matter .actions button");
                }
                _ => return false,
            };
            list.matters.get(to).into_iter().for_each(|row| choose.emit(row.matter_no.clone().into()));
            true
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
    let only = |to: bool, says: &'static str| {
        let (state, pressed) = (open.clone(), *open == to);
        let onclick = Callback::from(move |_: MouseEvent| state.set(to));
        html! { <button aria-pressed={pressed.to_string()} {onclick}>{ says }</button> }
    };
    let on_kind = chosen(move |text| kind.set(Kind::parse(&text)));
    let on_unit = chosen(move |text| unit.set(text.parse().ok()));
    let begin = {
        let beside = beside.clone();
        Callback::from(move |_: MouseEvent| beside.set(Beside::New))
    };
    let done = {
        let beside = beside.clone();
        Callback::from(move |made: Option<String>| {
            beside.set(made.map_or(Beside::Nothing, |matter_no| Beside::One(matter_no.into())));
        })
    };
    html! {
        <div class="page matters">
            <div class="head row">
                <h1>{ texts::title() }</h1>
                if let Some(list) = &list.data { <span id="matters-total" class="soft">{ texts::count(list.total) }</span> }
                <span class="spring" />
                <button id="new-matter" class="button" onclick={begin}><Icon name="plus" />{ texts::take_down() }</button>
            </div>
            <div class="left">
                <div class="row">
                    <div class="segments" role="group" aria-label={texts::which()}>
                        { only(true, texts::open()) }{ only(false, texts::all()) }
                    </div>
                    <span class="spring" />
                    <select id="matter-kind" class="chip filter" onchange={on_kind} aria-label={texts::kind()}>
                        <option value="">{ texts::every_kind() }</option>
                        { for Kind::ALL.into_iter().map(|kind| html! { <option value={kind.as_str()}>{ kind.zh() }</option> }) }
                    </select>
                    if here.desk.units.len() > 1 {
                        <select id="matter-of-unit" class="chip filter" onchange={on_unit} aria-label={texts::unit()}>
                            <option value="">{ texts::every_unit() }</option>
                            { for here.desk.units.iter().filter(|unit| unit.code != here.desk.unit).map(|unit| html! {
                                <option value={unit.code.to_string()}>{ &unit.name }</option>
                            }) }
                        </select>
                    }
                </div>
                <Trouble failure={list.failure.clone()} />
                <div id="matter-list" class="table-box scroll" tabindex="0" onscroll={on_scroll}>
                    <Rows list={list.data.clone()} {marked} on_choose={choose} today={here.desk.today} />
                </div>
            </div>
            { match &*beside {
                Beside::New => html! { <TakeDown close={done} /> },
                Beside::One(matter_no) => html! { <MatterPanel key={matter_no.to_string()} matter_no={matter_no.clone()} /> },
                Beside::Nothing => html! {
                    <section class="card list"><div class="empty"><Icon name="message-square" /><p>{ texts::choose() }</p></div></section>
                },
            } }
        </div>
    }
}

fn chosen(set: impl Fn(String) + 'static) -> Callback<Event> {
    Callback::from(move |event: Event| {
        event.target_dyn_into::<HtmlSelectElement>().into_iter().for_each(|select| set(select.value()));
    })
}

#[derive(Properties, PartialEq)]
struct RowsProps {
    list: Option<Rc<MatterList>>,
    marked: Option<AttrValue>,
    on_choose: Callback<AttrValue>,
    today: Date,
}

#[component]
fn Rows(RowsProps { list, marked, on_choose, today }: &RowsProps) -> Html {
    let Some(list) = list else { return html! {} };
    if list.matters.is_empty() {
        return html! { <div class="empty"><Icon name="message-square" /><p>{ texts::none() }</p></div> };
    }
    let columns = [texts::due(), texts::kind(), texts::asker(), texts::owner(), texts::state()];
    html! {
        <div id="matters" class="rows" role="grid" aria-label={texts::list()}>
            <div class="header" role="row">
                { for columns.map(|name| html! { <span role="columnheader">{ name }</span> }) }
                <span role="columnheader" class="when-roomy">{ texts::asked_on() }</span>
            </div>
            { for list.matters.iter().map(|row| line(row, marked.as_deref() == Some(&row.matter_no), on_choose, *today)) }
        </div>
    }
}

fn line(row: &MatterRow, marked: bool, on_choose: &Callback<AttrValue>, today: Date) -> Html {
    let matter_no = AttrValue::from(row.matter_no.clone());
    let onclick = {
        let matter_no = matter_no.clone();
        on_choose.reform(move |_: MouseEvent| matter_no.clone())
    };
    html! {
        <div key={row.matter_no.clone()} role="row" data-matter={matter_no} aria-selected={marked.to_string()} {onclick}>
            <span role="gridcell"><Light light={Some(row.light)} says={row.light_says.clone()} /></span>
            <span role="gridcell" class={marked.then_some("strong")}>{ &row.kind_name }</span>
            <span role="gridcell">{ &row.asker }</span>
            <span role="gridcell" title={row.unit_name.clone()}>{ &row.owner }</span>
            <span role="gridcell">
                { &row.state_name }if row.doubtful { <span class="chip doubt">{ texts::doubtful() }</span> }
            </span>
            <span role="gridcell" class="when-roomy">{ words::near_day(row.asked_on, today) }</span>
        </div>
    }
}
