//! 办事指南: what can be done here, and what each thing needs. All of it is on this machine.

use crate::{
    live::{use_answer, use_here},
    place::{Page, Step},
    record::{Edit, Pick},
    texts::items as texts,
    widgets::{Empty, Icon, PaperButton, Trouble},
    words,
};
use daiban_contract::{act::PaperOf, ask};
use daiban_domain::{Level, item::Item};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub edit: Callback<Edit>,
}

#[component]
pub fn ItemsPage(Props { edit }: &Props) -> Html {
    let here = use_here();
    let item = use_state_eq(|| None::<Rc<Item>>);
    let on_pick = {
        let item = item.clone();
        Callback::from(move |edit: Edit| {
            if let Edit::Item(picked) = edit {
                item.set(Some(picked));
            }
        })
    };
    let record = {
        let (here, edit, item) = (here.clone(), edit.clone(), (*item).clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(item) = item.clone() {
                edit.emit(Edit::Next);
                edit.emit(Edit::Item(item));
                here.go(Step::Go(Page::Record));
            }
        })
    };
    let records = !here.is(Level::County);
    html! {
        <div class="page items">
            <div class="head row">
                <h1>{ texts::title() }</h1><span class="spring" />
                <PaperButton id="print-cards" says={texts::cards()} of={PaperOf::Cards { unit: here.desk.unit, copies: 1 }} />
                <PaperButton id="print-handbook" says={texts::handbook()} of={PaperOf::Handbook {}} />
            </div>
            <Pick {on_pick} />
            <section class="card list guide">
                if let Some(item) = &*item {
                    <header>
                        <h2 class="clip">{ &item.name }</h2><span class="spring" />
                        <PaperButton id="print-guide" says={texts::print()}
                            of={PaperOf::Guide { item_id: item.item_id.clone(), version: Some(item.version) }} />
                        if records {
                            <button id="record-item" class="button small primary" onclick={record}>
                                <Icon name="file-plus-2" />{ texts::record() }
                            </button>
                        }
                    </header>
                    <div class="body scroll" tabindex="0"><Guide item={item.clone()} /></div>
                } else {
                    <Changes />
                }
            </section>
        </div>
    }
}

/// What people were told until lately and is so no more (变化说明).
#[component]
fn Changes() -> Html {
    let changes = use_answer(Some(ask::ItemChanges {}));
    let Some(list) = changes.data.filter(|list| !list.is_empty()) else {
        return html! {
            <><Trouble failure={changes.failure} /><Empty icon="book-open" says={texts::empty()} /></>
        };
    };
    html! {
        <>
            <header><h2>{ texts::changes() }</h2></header>
            <ul id="item-changes" class="body scroll stack" tabindex="0" aria-label={texts::changes()}>
                { for list.iter().map(|change| html! {
                    <li key={format!("{} {}", change.item_id, change.from)} data-changed={change.item_id.clone()}>
                        <b>{ &change.name }</b><span class="soft">{ "\u{3000}" }{ texts::from(&words::day(change.from)) }</span>
                        { for change.says.iter().map(|line| html! { <p class="dense">{ line }</p> }) }
                    </li>
                }) }
            </ul>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct GuideProps {
    item: Rc<Item>,
}

#[component]
fn Guide(GuideProps { item }: &GuideProps) -> Html {
    html! {
        <>
            <dl class="facts">
                <dt>{ texts::plain_name() }</dt><dd>{ &item.plain_name }</dd>
                <dt>{ texts::kind() }</dt><dd>{ texts::kinds(&item.type_name, &item.handling_type_name) }</dd>
                <dt>{ texts::how_long() }</dt><dd>{ limits(item) }</dd>
                <dt>{ texts::who_may() }</dt><dd>{ &item.accept_conditions }</dd>
                <dt>{ texts::result() }</dt><dd>{ &item.result_name }</dd>
            </dl>
            <h3>{ texts::bring(item.materials.len()) }</h3>
            <ol class="needs">
                { for item.materials.iter().map(|material| html! {
                    <li>
                        <b>{ &material.name }</b>
                        <span class="soft">{ texts::counts(material.originals, material.copies) }</span>
                        if material.required() { <span class="must">{ texts::required() }</span> }
                        <p class="small soft">{ &material.review_point }</p>
                    </li>
                }) }
            </ol>
            if !item.legal_basis.is_empty() {
                <h3>{ texts::basis() }</h3>
                <div>{ for item.legal_basis.iter().map(|basis| html! { <p class="dense">{ basis }</p> }) }</div>
            }
            if !item.notes.is_empty() { <p class="note-box">{ &item.notes }</p> }
        </>
    }
}

fn limits(item: &Item) -> String {
    if item.instant() {
        return texts::instant().to_owned();
    }
    let (promise, statutory) = (&item.promise_limit, &item.statutory_limit);
    let both = [
        promise.days.map(|days| texts::promised(days, &promise.unit)),
        statutory.days.map(|days| texts::statutory(days, &statutory.unit)),
    ];
    let both: Vec<String> = both.into_iter().flatten().collect();
    if both.is_empty() { texts::no_limit().to_owned() } else { both.join(texts::comma()) }
}
