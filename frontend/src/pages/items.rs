//! 办事指南: what can be done here, and what each thing needs. All of it is on this machine.

use crate::{
    live::use_here,
    place::{Page, Step},
    record::{Edit, Pick},
    widgets::{Empty, Icon, PaperButton},
};
use daiban_contract::act::PaperOf;
use daiban_domain::{
    Level,
    item::{Item, Limit},
};
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
                <h1>{ "办事指南" }</h1><span class="spring" />
                <PaperButton id="print-cards" says="服务卡" of={PaperOf::Cards { unit: here.desk.unit, copies: 1 }} />
                <PaperButton id="print-handbook" says="整本手册" of={PaperOf::Handbook {}} />
            </div>
            <Pick {on_pick} />
            <section class="card list guide">
                if let Some(item) = &*item {
                    <header>
                        <h2 class="clip">{ &item.name }</h2><span class="spring" />
                        <PaperButton id="print-guide" says="打印"
                            of={PaperOf::Guide { item_id: item.item_id.clone(), version: Some(item.version) }} />
                        if records {
                            <button id="record-item" class="button small primary" onclick={record}>
                                <Icon name="file-plus-2" />{ "登记" }
                            </button>
                        }
                    </header>
                    <div class="body scroll" tabindex="0"><Guide item={item.clone()} /></div>
                } else {
                    <Empty icon="book-open" says="左边点一件事，这里说要什么、多久、凭什么。" />
                }
            </section>
        </div>
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
                <dt>{ "百姓叫" }</dt><dd>{ &item.plain_name }</dd>
                <dt>{ "种类" }</dt><dd>{ format!("{}，{}", item.type_name, item.handling_type_name) }</dd>
                <dt>{ "多久" }</dt><dd>{ limits(item) }</dd>
                <dt>{ "谁能办" }</dt><dd>{ &item.accept_conditions }</dd>
                <dt>{ "办成给" }</dt><dd>{ &item.result_name }</dd>
            </dl>
            <h3>{ format!("要带 {} 样", item.materials.len()) }</h3>
            <ol class="needs">
                { for item.materials.iter().map(|material| html! {
                    <li>
                        <b>{ &material.name }</b>
                        <span class="soft">{ format!("　原件 {}，复印件 {}", material.originals, material.copies) }</span>
                        if material.required() { <span class="must">{ "必须有" }</span> }
                        <p class="small soft">{ &material.review_point }</p>
                    </li>
                }) }
            </ol>
            if !item.legal_basis.is_empty() {
                <h3>{ "凭什么" }</h3>
                <div>{ for item.legal_basis.iter().map(|basis| html! { <p class="dense">{ basis }</p> }) }</div>
            }
            if !item.notes.is_empty() { <p class="note-box">{ &item.notes }</p> }
        </>
    }
}

fn limits(item: &Item) -> String {
    let says = |limit: &Limit, kind: &str| limit.days.map(|days| format!("{kind} {days} 个{}", limit.unit));
    if item.instant() {
        return "当场办".to_owned();
    }
    let both = [says(&item.promise_limit, "承诺"), says(&item.statutory_limit, "法定")];
    let both: Vec<String> = both.into_iter().flatten().collect();
    if both.is_empty() { "没有定时限".to_owned() } else { both.join("，") }
}
