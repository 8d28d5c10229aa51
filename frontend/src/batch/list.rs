//! The batches, those under way first.

use crate::{dom, live::use_here, texts::hand_over as texts, words};
use daiban_contract::view::BatchRow;
use daiban_domain::Level;
use jiff::civil::Date;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub batches: Rc<Vec<BatchRow>>,
    pub chosen: Option<AttrValue>,
    pub on_choose: Callback<AttrValue>,
}

#[component]
pub fn Batches(Props { batches, chosen, on_choose }: &Props) -> Html {
    let here = use_here();
    let onkeydown = {
        let on_choose = on_choose.clone();
        Callback::from(move |event: KeyboardEvent| {
            let down = match event.key().as_str() {
                "ArrowDown" => true,
                "ArrowUp" => false,
                _ => return,
            };
            event.prevent_default();
            let to: Option<HtmlElement> = dom::focus_beside("#batches button", down);
            to.and_then(|row| row.get_attribute("data-batch"))
                .into_iter()
                .for_each(|to| on_choose.emit(to.into()));
        })
    };
    let none = if here.is(Level::Village) { texts::no_batches() } else { texts::no_batches_township() };
    html! {
        <section id="batches" class="card list">
            <header><h2>{ texts::batches() }</h2></header>
            if batches.is_empty() { <p class="empty dense">{ none }</p> }
            <ul class="scroll" {onkeydown}>
                { for batches.iter().map(|row| {
                    let batch = AttrValue::from(row.batch.clone());
                    let current = chosen.as_ref() == Some(&batch);
                    let onclick = {
                        let batch = batch.clone();
                        on_choose.reform(move |_: MouseEvent| batch.clone())
                    };
                    html! {
                        <li key={row.batch.clone()}>
                            <button class="plain" data-batch={batch} aria-current={current.then_some("true")} {onclick}>
                                <b>{ &row.batch }</b>
                                <span class="soft clip">{ &row.unit_name }</span>
                                <span class="dense soft">{ day(&row.batch).map(|day| words::near_day(day, here.desk.today)) }</span>
                                <span>{ texts::cases(row.cases as usize) }</span>
                                <span class="come">{ come(row) }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

/// How much of it has arrived.
fn come(row: &BatchRow) -> Html {
    html! {
        <>
            if row.differing > 0 { <span class="chip doubt">{ texts::differing(row.differing) }</span> }
            if row.under_way > 0 {
                <span class="chip mark">{ texts::under_way(row.under_way) }</span>
            } else {
                <span class="dense soft">{ texts::all_there() }</span>
            }
        </>
    }
}

/// A batch's number begins with the day on which it was handed over.
fn day(batch: &str) -> Option<Date> {
    Date::strptime("%Y%m%d", batch.get(..8)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_number_tells_its_day() {
        assert_eq!(day("20260305-A3-001"), Some(date(2026, 3, 5)));
        assert_eq!(day("20261305-A3-001"), None);
        assert_eq!(day("旧批次"), None);
    }
}
