//! The same person entered twice and the same request made twice: both sides beside each other, and what a person says of
//! them.

use crate::{
    dom,
    live::{Told, use_answer, use_here},
    place::{Page, Step},
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{
    act::{LinkResidents, VoidDuplicate},
    ask,
    view::{AlikeKind, AlikePeople, BriefCase, DuplicateCases, DuplicatesView, ResidentRow},
};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn DuplicatesPage() -> Html {
    let here = use_here();
    let found = use_answer(Some(ask::Duplicates::default()));
    let back = Callback::from(move |_: MouseEvent| here.go(Step::Back));
    use_effect_with(found.data.is_some(), |_| {
        if !dom::focus(".pair .reason") {
            dom::focus("#back");
        }
    });
    html! {
        <div class="page duplicates">
            <div class="head row">
                <button id="back" class="button small" onclick={back}><Icon name="chevron-left" />{ "返回" }</button>
                <h1>{ "疑似重复" }</h1>
            </div>
            <Trouble failure={found.failure.clone()} />
            if let Some(view) = &found.data {
                <Cases view={view.clone()} />
                <People view={view.clone()} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    view: Rc<DuplicatesView>,
}

#[component]
fn Cases(Props { view }: &Props) -> Html {
    html! {
        <section class="card list">
            <header>
                <h2>{ "重复申请" }</h2>
                <span class="soft">{ format!("{} 对", view.cases_total) }{ listed(view.cases.len(), view.cases_total) }</span>
            </header>
            <div class="scroll">
                { for view.cases.iter().map(|pair| html! {
                    <CasePair key={format!("{} {}", pair.keep.case_no, pair.other.case_no)} pair={pair.clone()} />
                }) }
            </div>
            if view.cases_total == 0 { <p class="empty dense">{ "没有发现同一个人办同一件事登记了两次。" }</p> }
        </section>
    }
}

#[component]
fn People(Props { view }: &Props) -> Html {
    html! {
        <section class="card list">
            <header>
                <h2>{ "居民登记" }</h2>
                <span class="soft">
                    { format!("要核对 {} 对，共 {} 对", view.people_open, view.people_total) }
                    { listed(view.people.len(), view.people_total) }
                </span>
            </header>
            <div class="scroll">
                { for view.people.iter().map(|pair| html! {
                    <PeoplePair key={format!("{} {}", pair.one.id, pair.other.id)} pair={pair.clone()} />
                }) }
            </div>
            if view.people_total == 0 { <p class="empty dense">{ "没有发现同一个人登记了两次。" }</p> }
        </section>
    }
}

/// The list is cut where it is long, and leaves out cases whose item hasn't arrived.
fn listed(shown: usize, total: u64) -> String {
    if shown as u64 == total { String::new() } else { format!("，下面列出 {shown} 对") }
}

#[derive(Properties, PartialEq)]
struct CasePairProps {
    pair: DuplicateCases,
}

#[component]
fn CasePair(CasePairProps { pair }: &CasePairProps) -> Html {
    let here = use_here();
    let reason = use_state_eq(|| "重复申请".to_owned());
    let (keep, other) = (&pair.keep, &pair.other);
    let onsubmit = {
        let (here, reason) = (here.clone(), reason.clone());
        let (case_no, surviving) = (other.case_no.clone(), keep.case_no.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let request = VoidDuplicate {
                case_no: case_no.clone(),
                surviving: surviving.clone(),
                reason: reason.to_string(),
                leave_materials: false,
            };
            let (tell, done) = (here.tell.clone(), format!("{case_no} 已作废，留用 {surviving}"));
            here.act(request, move |outcome| {
                if outcome.is_ok() {
                    tell.emit(Told::Done(done));
                }
            });
        })
    };
    html! {
        <form class="pair" {onsubmit} data-pair={format!("{} {}", keep.case_no, other.case_no)}>
            <b>{ &pair.item_name }</b>
            <div class="two">{ brief(&here, keep) }{ brief(&here, other) }</div>
            <p class="dense doubt-box">{ &pair.says }</p>
            if pair.blocked.is_empty() {
                <div class="row">
                    { reason_input(&reason, "作废的理由") }
                    <button class="button void">{ "作废右边这一件，留用左边的" }</button>
                </div>
            } else {
                <p class="says"><Icon name="info" /><span>{ &pair.blocked }</span></p>
            }
        </form>
    }
}

/// One of the two, with what tells it from the other.
fn brief(here: &crate::live::Here, case: &BriefCase) -> Html {
    let open = {
        let (here, case_no) = (here.clone(), AttrValue::from(case.case_no.clone()));
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    let received = case.received_on.map_or_else(|| "还没有收件".to_owned(), words::day);
    html! {
        <dl class="facts">
            <dt>{ "编号" }</dt>
            <dd><button type="button" class="plain" onclick={open}>{ &case.case_no }</button></dd>
            <dt>{ "申请人" }</dt><dd>{ words::named(&case.applicant_name) }{ "　" }{ &case.id_no }</dd>
            <dt>{ "登记" }</dt><dd>{ &case.unit_name }{ "　" }{ words::day(case.registered_on) }</dd>
            <dt>{ "收件" }</dt><dd>{ received }</dd>
            <dt>{ "现在" }</dt><dd>{ &case.state_name }</dd>
            if !case.reason.is_empty() { <dt>{ "事由" }</dt><dd>{ &case.reason }</dd> }
            <dt>{ "材料" }</dt>
            <dd>{ case.materials.join("、") }if case.photos > 0 { { format!("　照片 {} 张", case.photos) } }</dd>
        </dl>
    }
}

#[derive(Properties, PartialEq)]
struct PeoplePairProps {
    pair: AlikePeople,
}

#[component]
fn PeoplePair(PeoplePairProps { pair }: &PeoplePairProps) -> Html {
    let here = use_here();
    let reason = use_state_eq(String::new);
    let say = |linked: bool| {
        let (here, reason, one, other) = (here.clone(), reason.clone(), pair.one.id, pair.other.id);
        Callback::from(move |_: MouseEvent| {
            let request = LinkResidents { one, other, linked, reason: reason.to_string() };
            let done = if linked { "已记为同一个人" } else { "已记为两个人" };
            let tell = here.tell.clone();
            here.act(request, move |outcome| {
                if outcome.is_ok() {
                    tell.emit(Told::Done(done.to_owned()));
                }
            });
        })
    };
    let onsubmit = Callback::from(|event: SubmitEvent| event.prevent_default());
    html! {
        <form class="pair" {onsubmit} data-alike={format!("{} {}", pair.one.id, pair.other.id)}>
            <div class="two">{ entry(&pair.one) }{ entry(&pair.other) }</div>
            <p class={if pair.kind == AlikeKind::Same { "dense note-box" } else { "dense doubt-box" }}>{ &pair.says }</p>
            <div class="row">
                { reason_input(&reason, "怎么核实的") }
                if pair.kind != AlikeKind::Same {
                    <button type="button" class="button small same-person" onclick={say(true)}>{ "是同一个人" }</button>
                }
                <button type="button" class="button small two-people" onclick={say(false)}>{ "不是同一个人" }</button>
            </div>
        </form>
    }
}

fn entry(row: &ResidentRow) -> Html {
    let told = |text: &str| if text.is_empty() { "没有填".to_owned() } else { text.to_owned() };
    let born = row.born.map(|day| day.to_string()).unwrap_or_default();
    html! {
        <dl class="facts">
            <dt>{ "登记在" }</dt><dd>{ &row.unit_name }</dd>
            <dt>{ "姓名" }</dt><dd>{ words::named(&row.name) }</dd>
            <dt>{ "证件号码" }</dt><dd>{ told(&row.id_no) }</dd>
            <dt>{ "出生" }</dt><dd>{ told(&born) }</dd>
            <dt>{ "住址" }</dt><dd>{ told(&row.address) }</dd>
            <dt>{ "电话" }</dt><dd>{ told(&row.phone) }</dd>
        </dl>
    }
}

fn reason_input(reason: &UseStateHandle<String>, label: &'static str) -> Html {
    let oninput = {
        let reason = reason.clone();
        Callback::from(move |event: InputEvent| reason.set(dom::value(&event)))
    };
    html! {
        <span class="input small spring">
            <input class="reason" value={reason.to_string()} {oninput} autocomplete="off" spellcheck="false"
                aria-label={label} placeholder={label} />
        </span>
    }
}
