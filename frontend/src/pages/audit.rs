//! Who read, printed and let out what (留痕), and all that was done with one case (倒查).

use crate::{
    dom,
    live::{use_answer, use_here},
    place::Step,
    texts::audit as texts,
    widgets::{DateInput, Icon, TextField, Trouble, UnitPicker},
    words,
};
use daiban_contract::{
    ask,
    view::{AuditCaseView, AuditRow, AuditView, VerifyView},
};
use daiban_domain::{UnitCode, item::field::day};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn AuditPage() -> Html {
    let here = use_here();
    let since = use_state_eq(String::new);
    let unit = use_state_eq(|| None::<UnitCode>);
    let case_no = use_state_eq(String::new);
    let traced = use_state_eq(|| None::<String>);
    let verified = use_state_eq(|| None::<Option<VerifyView>>);
    let from = day(&since);
    let asked = ask::Audit { unit: *unit, since: from, case_no: None, limit: 0 };
    let list = use_answer(traced.is_none().then_some(asked));
    let trace = use_answer((*traced).clone().map(|case_no| ask::AuditCase { case_no }));
    use_effect_with((), |()| {
        dom::focus("#audit-case");
    });
    let back = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Back))
    };
    let onsubmit = {
        let (case_no, traced) = (case_no.clone(), traced.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let typed = case_no.trim();
            traced.set((!typed.is_empty()).then(|| typed.to_owned()));
        })
    };
    let whole_list = {
        let (case_no, traced) = (case_no.clone(), traced.clone());
        Callback::from(move |_: MouseEvent| {
            case_no.set(String::new());
            traced.set(None);
        })
    };
    let verify = {
        let (here, verified) = (here.clone(), verified.clone());
        Callback::from(move |_: MouseEvent| {
            verified.set(Some(None));
            let verified = verified.clone();
            here.ask(ask::VerifyAudit {}, move |view| verified.set(Some(Some(view))));
        })
    };
    let name = here.desk.units.iter().find(|each| Some(each.code) == *unit).map(|each| each.name.clone());
    let name = AttrValue::from(name.unwrap_or_default());
    let on_unit = {
        let unit = unit.clone();
        Callback::from(move |chosen| unit.set(chosen))
    };
    let put = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text: String| state.set(text))
    };
    let running = *verified == Some(None);
    html! {
        <div class="page audit">
            <div class="head row">
                <button id="back" class="button small" onclick={back}><Icon name="chevron-left" />{ texts::back() }</button>
                <h1>{ texts::title() }</h1>
                <span class="dense soft clip">{ texts::what() }</span>
                <span class="spring" />
                <button id="audit-verify" class="button small" disabled={running} onclick={verify}>
                    { if running { texts::verifying() } else { texts::verify() } }
                </button>
            </div>
            if let Some(Some(view)) = &*verified { <Verified view={view.clone()} /> }
            <form class="row sought" {onsubmit}>
                <TextField id="audit-case" label={texts::case_no()} value={(*case_no).clone()} hint={texts::case_hint()}
                    on_value={put(&case_no)} />
                <button id="audit-trace" class="button" disabled={case_no.trim().is_empty()}>{ texts::trace() }</button>
                if traced.is_some() {
                    <button id="audit-all" type="button" class="button" onclick={whole_list}>{ texts::whole_list() }</button>
                    <span class="spring" />
                } else {
                    <span class="spring" />
                    <div class="field">
                        <label for="audit-since">{ texts::since() }</label>
                        <DateInput id="audit-since" label={texts::since()} value={(*since).clone()} hint={texts::any_day()}
                            on_value={put(&since)} />
                        <p class="says" />
                    </div>
                    <div class="field">
                        <label for="audit-unit">{ texts::unit() }</label>
                        <UnitPicker id="audit-unit" label={texts::unit()} chosen={*unit} {name}
                            all={texts::own_unit(&here.desk.unit_short_name)} {on_unit} />
                        <p class="says" />
                    </div>
                }
            </form>
            if traced.is_some() {
                <Trouble failure={trace.failure.clone()} />
                if let Some(view) = &trace.data { <Traced view={view.clone()} /> }
            } else {
                <Trouble failure={list.failure.clone()} />
                if let Some(view) = &list.data { <Listed view={view.clone()} /> }
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct VerifiedProps {
    view: VerifyView,
}

#[component]
fn Verified(VerifiedProps { view }: &VerifiedProps) -> Html {
    if view.ok {
        return html! { <p id="audit-verified" class="note-box" role="status" data-ok="true">{ texts::intact() }</p> };
    }
    html! {
        <div id="audit-verified" class="doubt-box" role="alert" data-ok="false">
            <p>{ texts::altered(view.findings.len()) }</p>
            <ul>{ for view.findings.iter().map(|finding| html! { <li>{ &finding.message }</li> }) }</ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ListedProps {
    view: Rc<AuditView>,
}

#[component]
fn Listed(ListedProps { view }: &ListedProps) -> Html {
    html! {
        <>
            <Rows rows={view.rows.clone()} />
            if view.more { <p class="dense soft">{ texts::more() }</p> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct TracedProps {
    view: Rc<AuditCaseView>,
}

#[component]
fn Traced(TracedProps { view }: &TracedProps) -> Html {
    html! {
        <>
            <p id="audit-says">
                <b>{ &view.case_no }</b>{ "　" }
                if view.item_name.is_empty() {
                    { texts::not_here() }
                } else {
                    { texts::of_case(&view.item_name, &view.state_name) }
                }
                if let Some(day) = view.registered_on { { "　" }{ texts::registered(&words::day_of_year(day)) } }
                <span class="under soft">{ &view.says }</span>
            </p>
            if !view.findings.is_empty() {
                <Verified view={VerifyView { ok: false, findings: view.findings.clone() }} />
            }
            <Rows rows={view.rows.clone()} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RowsProps {
    rows: Vec<AuditRow>,
}

#[component]
fn Rows(RowsProps { rows }: &RowsProps) -> Html {
    if rows.is_empty() {
        return html! { <div class="empty"><Icon name="file-text" /><p>{ texts::none() }</p></div> };
    }
    let columns =
        [texts::when(), texts::who(), texts::where_from(), texts::did(), texts::about(), texts::says()];
    html! {
        <div class="table-box scroll" tabindex="0">
            <div id="audit" class="rows" role="table" aria-label={texts::title()}>
                <div class="header" role="row">
                    { for columns.map(|name| html! { <span role="columnheader">{ name }</span> }) }
                </div>
                { for rows.iter().map(|row| html! { <Row row={row.clone()} /> }) }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    row: AuditRow,
}

#[component]
fn Row(RowProps { row }: &RowProps) -> Html {
    let here = use_here();
    html! {
        <div role="row" data-what={row.what.clone()} data-about={row.about.clone()}>
            <span role="cell">
                { words::moment(row.at, here.desk.today) }{ words::doubt(row.time_doubtful) }
            </span>
            <span role="cell">{ &row.by }<span class="under small soft">{ &row.role }</span></span>
            <span role="cell">{ &row.unit_name }<span class="under small soft">{ &row.device }</span></span>
            <span role="cell">{ &row.name }</span>
            <span role="cell" class="about">{ &row.about }</span>
            <span role="cell">
                { &row.says }
                if row.held { <span class="chip doubt">{ texts::held() }</span> }
                if !row.contested.is_empty() {
                    <span class="under doubtful">{ &row.contested }</span>
                }
            </span>
        </div>
    }
}
