//! A roster from a table: what is wrong is told by row and column, and nothing is taken before somebody says so.

use crate::{
    ipc,
    live::{Told, use_here},
    texts::residents as texts,
    widgets::{Icon, PickButton, Pickable, Sheet, TextField, Trouble},
};
use daiban_contract::{
    Failure,
    act::ImportResidents,
    view::{RosterImported, RowFault},
};
use daiban_domain::UnitCode;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[component]
pub fn RosterSheet() -> Html {
    let here = use_here();
    let file = use_state_eq(String::new);
    let unit = use_state_eq(|| None::<UnitCode>);
    let outcome = use_state_eq(|| None::<Result<RosterImported, Failure>>);
    let running = use_state_eq(|| false);
    let on_file = {
        let (file, outcome) = (file.clone(), outcome.clone());
        Callback::from(move |text: String| {
            outcome.set(None);
            file.set(text);
        })
    };
    let onchange = {
        let (unit, outcome) = (unit.clone(), outcome.clone());
        Callback::from(move |event: Event| {
            outcome.set(None);
            unit.set(
                event.target_dyn_into::<HtmlSelectElement>().and_then(|select| select.value().parse().ok()),
            );
        })
    };
    let import = |good_rows: bool| {
        let (here, running, outcome) = (here.clone(), running.clone(), outcome.clone());
        let request = ImportResidents { file: file.trim().to_owned(), good_rows, unit: *unit };
        Callback::from(move |()| {
            if *running || request.file.is_empty() {
                return;
            }
            running.set(true);
            let (touch, tell, running, outcome) =
                (here.touch.clone(), here.tell.clone(), running.clone(), outcome.clone());
            let request = request.clone();
            spawn_local(async move {
                let result = ipc::ask(request).await;
                running.set(false);
                if let Ok(imported) = &result
                    && imported.taken
                {
                    tell.emit(Told::Done(imported.says.clone()));
                }
                outcome.set(Some(result));
                touch.emit(());
            });
        })
    };
    let onsubmit = {
        let import = import(false);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            import.emit(());
        })
    };
    let good_rows = import(true).reform(|_: MouseEvent| ());
    html! {
        <Sheet id="roster" title={texts::import_title()} class="wide batch" first="#roster-file" on_close={here.back()}>
                <p class="dense soft">{ texts::import_says() }</p>
                <form class="row roster-form" {onsubmit}>
                    <TextField id="roster-file" label={texts::file()} value={(*file).clone()} on_value={on_file.clone()}>
                        <PickButton what={Pickable::Table} id="roster-pick" on_pick={on_file}
                            on_failure={here.tell.reform(Told::Failed)} />
                    </TextField>
                    if here.desk.units.len() > 1 {
                        <div class="field">
                            <label for="roster-unit">{ texts::unit() }</label>
                            <select id="roster-unit" class="input" {onchange}>
                                { for here.desk.units.iter().map(|each| html! {
                                    <option value={each.code.to_string()}
                                        selected={unit.unwrap_or(here.desk.unit) == each.code}>{ &each.name }</option>
                                }) }
                            </select>
                        </div>
                    }
                    <button id="roster-read" class="button primary" disabled={*running || file.trim().is_empty()}>
                        { if *running { texts::reading() } else { texts::read() } }
                    </button>
                </form>
                { match &*outcome {
                    None => html! {},
                    Some(Err(failure)) => html! { <Trouble failure={Some(failure.clone())} /> },
                    Some(Ok(imported)) => html! {
                        <>
                            <p id="roster-says" class={if imported.taken { "note-box" } else { "doubt-box" }} role="status"
                                data-taken={imported.taken.to_string()}>{ &imported.says }</p>
                            if !imported.taken && imported.rows > 0 {
                                <p><button id="roster-good" class="button" onclick={good_rows}>{ texts::good_rows() }</button></p>
                            }
                            <div class="scroll" tabindex="0">
                                { told(&texts::faults(imported.faults.len()), &imported.faults) }
                                { told(&texts::notes(imported.notes.len()), &imported.notes) }
                            </div>
                        </>
                    },
                } }
                if outcome.is_none() { <div class="empty"><Icon name="users" /></div> }
        </Sheet>
    }
}

fn told(title: &str, faults: &[RowFault]) -> Html {
    if faults.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h3>{ title.to_owned() }</h3>
            <table class="brought faults">
                <thead><tr><th>{ texts::row() }</th><th>{ texts::column() }</th><th>{ texts::reason() }</th></tr></thead>
                <tbody>
                    { for faults.iter().map(|fault| html! {
                        <tr data-row={fault.row.to_string()}>
                            <td>{ texts::row_no(fault.row) }</td><td>{ &fault.column }</td><td>{ &fault.reason }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </>
    }
}
