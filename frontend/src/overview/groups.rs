//! The day in groups: how many, and where they are listed.

use crate::{
    live::use_here,
    place::{Page, Queue, Step},
    texts::today as texts,
    widgets::{Icon, Light},
    words,
};
use daiban_contract::{ask::DueIn, view::TodayView};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub today: Rc<TodayView>,
}

#[component]
pub fn Groups(Props { today }: &Props) -> Html {
    let here = use_here();
    let group = |queue: Queue, name: String, count: u64, note: String| {
        let here = here.clone();
        let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Cases(queue))));
        html! {
            <button class="group" data-group={queue.id()} data-count={count.to_string()} {onclick}>
                <span class="dense">{ name }</span>
                <strong class={(count == 0).then_some("faint")}>{ count }</strong>
                <span class="small soft clip">{ note }</span>
            </button>
        }
    };
    let villages = match today.registered {
        0 => String::new(),
        registered => texts::registered_too(registered),
    };
    let next = words::near_day(today.next_working_day, here.desk.today);
    html! {
        <section class="card groups" aria-label={texts::groups()}>
            { group(Queue::Due(DueIn::Overdue), texts::group_overdue().to_owned(), today.overdue, String::new()) }
            { group(Queue::Due(DueIn::Today), texts::group_today().to_owned(), today.due_today, String::new()) }
            { group(Queue::Due(DueIn::Next), texts::group_next(&next), today.due_next, String::new()) }
            { group(Queue::FromVillages, texts::group_under_way().to_owned(), today.on_their_way, villages) }
            { group(Queue::Supplement, texts::group_supplement().to_owned(), today.await_supplement, String::new()) }
        </section>
    }
}

/// Bad ratings that somebody has to look into, and other matters that are due.
#[component]
pub fn MattersCard(Props { today }: &Props) -> Html {
    let here = use_here();
    let total = today.bad_ratings.total + today.matters.total;
    let rows = today.bad_ratings.matters.iter().chain(&today.matters.matters);
    html! {
        <section id="matters" class="card list">
            <header>
                <h2>{ texts::matters_title() }</h2><span class="spring" />
                <span class="soft dense">
                    { texts::group_ratings() }{ " " }{ today.bad_ratings.total }{ " · " }
                    { texts::group_matters() }{ " " }{ today.matters.total }
                </span>
            </header>
            if total > 0 {
                <ul class="scroll lines">
                    { for rows.map(|matter| {
                        let (here, matter_no) = (here.clone(), AttrValue::from(matter.matter_no.clone()));
                        let onclick = Callback::from(move |_: MouseEvent| {
                            here.go(Step::Go(Page::Matters { matter_no: Some(matter_no.clone()) }));
                        });
                        html! {
                            <li key={matter.matter_no.clone()} data-matter={matter.matter_no.clone()}>
                                <button class="plain" {onclick}>
                                    <Light light={Some(matter.light)} says={matter.light_says.clone()} />
                                    <span class="clip">{ texts::owner(&matter.kind_name, &matter.owner) }</span>
                                    <span class="dense soft clip">{ &matter.unit_name }</span>
                                </button>
                            </li>
                        }
                    }) }
                </ul>
            }
        </section>
    }
}

/// Hand-overs that nobody has counted yet.
#[component]
pub fn UnderWayCard(Props { today }: &Props) -> Html {
    let here = use_here();
    let onclick = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::HandOver { batch: None })))
    };
    html! {
        <section id="under-way" class="card list">
            <header>
                <Icon name="package-check" /><h2>{ texts::under_way_title() }</h2><span class="spring" />
                <button class="button small quiet" {onclick}>{ texts::batches(today.under_way.len()) }</button>
            </header>
            <p class="small soft note">{ texts::under_way_says() }</p>
            <ul class="scroll lines">
                { for today.under_way.iter().map(|batch| {
                    let (here, number) = (here.clone(), AttrValue::from(batch.batch.clone()));
                    let onclick = Callback::from(move |_: MouseEvent| {
                        here.go(Step::Go(Page::HandOver { batch: Some(number.clone()) }));
                    });
                    html! {
                        <li key={format!("{} {}", batch.batch, batch.unit_name)} data-batch={batch.batch.clone()}>
                            <button class="plain" {onclick}>
                                <span class="clip">{ &batch.unit_name }</span>
                                <span class="dense soft clip">{ &batch.batch }</span>
                                <span class="dense">{ texts::batch_of(batch.cases) }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}
