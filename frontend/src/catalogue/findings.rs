//! What the rules V01 to V24 find.

use crate::{
    live::use_answer,
    texts::catalogue as texts,
    widgets::{Icon, Trouble},
};
use daiban_contract::ask::CheckItems;
use daiban_domain::item::check::{Finding, Severity};
use yew::prelude::*;

#[component]
pub fn Findings() -> Html {
    let answer = use_answer(Some(CheckItems::default()));
    let only = use_state_eq(|| None::<Severity>);
    let Some(found) = &answer.data else { return html! { <Trouble failure={answer.failure.clone()} /> } };
    let button = |severity: Option<Severity>, says: String| {
        let (only, pressed) = (only.clone(), (*only == severity).to_string());
        let onclick = Callback::from(move |_: MouseEvent| only.set(severity));
        html! { <button aria-pressed={pressed} {onclick}>{ says }</button> }
    };
    let shown =
        found.findings.iter().filter(|finding| only.is_none_or(|severity| finding.severity == severity));
    html! {
        <>
            <div class="row">
                <span class="segments" role="group" aria-label={texts::findings()}>
                    { button(None, texts::all(found.findings.len())) }
                    { button(Some(Severity::Error), texts::errors(found.errors)) }
                    { button(Some(Severity::Warning), texts::warnings(found.warnings)) }
                </span>
            </div>
            <section class="card list">
                <div id="findings" class="scroll" tabindex="0" role="group" aria-label={texts::findings()}>
                    <table class="compare found">
                        <thead><tr>
                            { for [texts::rule(), texts::item(), texts::place(), texts::what()]
                                .map(|name| html! { <th scope="col">{ name }</th> }) }
                        </tr></thead>
                        <tbody>{ for shown.map(line) }</tbody>
                    </table>
                    if found.findings.is_empty() {
                        <div class="empty"><Icon name="circle-check" /><p>{ texts::clean() }</p></div>
                    }
                </div>
            </section>
        </>
    }
}

fn line(finding: &Finding) -> Html {
    let error = finding.severity == Severity::Error;
    html! {
        <tr data-rule={finding.rule.clone()}>
            <td>
                <b>{ &finding.rule }</b>{ " " }
                <span class={if error { "chip doubt" } else { "chip mark" }}>
                    { if error { texts::error() } else { texts::warning() } }
                </span>
            </td>
            <td>
                if finding.item_id.is_empty() { { texts::whole() } } else {
                    { &finding.name }<p class="small faint">{ &finding.item_id }</p>
                }
            </td>
            <td>{ &finding.place }</td>
            <td>{ &finding.message }</td>
        </tr>
    }
}
