//! Where a paper goes: to a printer, on to a stick, into a file; and what has come of it.

use crate::{
    dom, ipc,
    live::use_answer,
    texts::{papers, prints, progress as texts},
    widgets::{Icon, Progress},
};
use daiban_contract::{
    act::{PrintTo, StopForms},
    ask::{FormsProgress, Printers, Prints, Sticks},
    view::{PrintState, PrintView, PrinterView, PrintingView, ProgressView, StickView},
};
use gloo_timers::future::TimeoutFuture;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// As many sticks as there is room for.
const STICKS: usize = 2;
/// A person who has just plugged one in looks for it, ms.
const PLUGGED_MS: u32 = 2_000;
const PROGRESS_MS: u32 = 150;
/// A printer tells nobody when it has done, ms.
pub const ASKED_MS: u32 = 2_500;

/// Where a paper goes; into the desk's own folder if nothing is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct To {
    /// A stick.
    pub folder: Option<String>,
    pub printer: Option<PrintTo>,
}

#[derive(Properties, PartialEq)]
pub struct OutputProps {
    pub disabled: bool,
    pub on_to: Callback<To>,
    /// Puts the focus on the ordinary way.
    #[prop_or_default]
    pub focus: bool,
}

/// Printer, tray, copies; the sticks that are plugged in; a file.
#[component]
pub fn Output(OutputProps { disabled, on_to, focus }: &OutputProps) -> Html {
    let printers = use_answer(Some(Printers {})).data;
    let sticks = use_sticks();
    use_effect_with((*focus, printers.clone()), |(focus, printers)| {
        if let Some(printers) = printers.as_ref().filter(|_| *focus) {
            dom::focus(if printers.is_empty() { "#save-form" } else { "#print-form" });
        }
    });
    let no_printer = printers.as_ref().is_some_and(|printers| printers.is_empty());
    let save = on_to.reform(|_: MouseEvent| To::default());
    let disabled = *disabled;
    html! {
        <>
            if let Some(printers) = printers.filter(|printers| !printers.is_empty()) {
                <Queue {printers} {disabled} on_print={on_to.reform(|to| To { printer: Some(to), ..To::default() })} />
            }
            { for sticks.iter().take(STICKS).map(|stick| {
                let folder = stick.folder.clone();
                let onclick = on_to.reform(move |_: MouseEvent| To { folder: Some(folder.clone()), ..To::default() });
                html! {
                    <button key={stick.folder.clone()} class="button" data-stick={stick.name.clone()} {onclick} {disabled}>
                        <Icon name="usb" />{ papers::to_stick(&stick.name) }
                    </button>
                }
            }) }
            <button id="save-form" class={classes!("button", no_printer.then_some("primary"))} onclick={save} {disabled}>
                <Icon name="save" />{ papers::to_file() }
            </button>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct QueueProps {
    printers: Rc<Vec<PrinterView>>,
    disabled: bool,
    on_print: Callback<PrintTo>,
}

#[component]
fn Queue(QueueProps { printers, disabled, on_print }: &QueueProps) -> Html {
    let (tray, copies) = (use_node_ref(), use_node_ref());
    let chosen = use_state_eq(|| None::<String>);
    let named = |name: &String| printers.iter().find(|printer| printer.name == *name);
    let usual = printers.iter().find(|printer| printer.usual).or(printers.first());
    let Some(printer) = chosen.as_ref().and_then(named).or(usual) else { return html! {} };
    let onchange = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            chosen.set(event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()));
        })
    };
    let print = {
        let (tray, copies, on_print, name) =
            (tray.clone(), copies.clone(), on_print.clone(), printer.name.clone());
        Callback::from(move |_: MouseEvent| {
            let tray = tray.cast::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            let typed = copies.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            on_print.emit(PrintTo { name: name.clone(), copies: typed.parse().unwrap_or(1), tray });
        })
    };
    html! {
        <>
            <select id="printer" class="input small" aria-label={papers::printer()} {onchange}>
                { for printers.iter().map(|one| html! {
                    <option key={one.name.clone()} value={one.name.clone()} selected={one.name == printer.name}>
                        { &one.name }
                        if !one.says.is_empty() { { papers::printer_says(one.says.trim_end_matches(papers::FULL_STOP)) } }
                    </option>
                }) }
            </select>
            if printer.trays.len() > 1 {
                // Another printer's trays are another list.
                <select id="tray" key={printer.name.clone()} class="input small" aria-label={papers::tray()} ref={tray}>
                    { for printer.trays.iter().map(|one| html! {
                        <option value={one.tray.clone()} selected={one.usual}>{ &one.name }</option>
                    }) }
                </select>
            }
            <input id="copies" class="input small few" type="number" min="1" max="99" value="1" aria-label={papers::copies()} ref={copies} />
            <button id="print-form" class="button primary" onclick={print} disabled={*disabled}>
                <Icon name="printer" />{ papers::print() }
            </button>
        </>
    }
}

/// The sticks in this machine, now: nobody tells when one is plugged in.
#[hook]
fn use_sticks() -> Vec<StickView> {
    let sticks = use_state_eq(Vec::new);
    let shown = (*sticks).clone();
    use_effect_with((), move |()| {
        poll(PLUGGED_MS, async move || {
            if let Ok(view) = ipc::ask(Sticks {}).await {
                sticks.set(view.sticks);
            }
        })
    });
    shown
}

/// How far the papers are that are being made, and a way to stop them.
#[component]
pub fn MakingPapers() -> Html {
    let progress = use_state_eq(|| None::<ProgressView>);
    let stopping = use_state_eq(|| false);
    {
        let progress = progress.clone();
        use_effect_with((), move |()| {
            poll(PROGRESS_MS, async move || {
                if let Ok(view) = ipc::ask(FormsProgress {}).await {
                    progress.set(view);
                }
            })
        });
    }
    let on_stop = {
        let stopping = stopping.clone();
        Callback::from(move |()| {
            stopping.set(true);
            // What it comes to is told by the act that is stopped.
            spawn_local(async { _ = ipc::ask(StopForms {}).await });
        })
    };
    let (done, of) = progress.as_ref().map_or((0, 0), |progress| (progress.done as u64, progress.of as u64));
    let says = match (done, of) {
        (_, 0) => texts::typesetting().to_owned(),
        _ if done == of => texts::writing().to_owned(),
        _ => texts::typeset(done, of),
    };
    html! { <Progress id="progress" {done} {of} {says} stop_id="stop-forms" {on_stop} stopping={*stopping} /> }
}

/// Asks at once and again and again, until the part goes: its destructor.
pub fn poll(every_ms: u32, ask: impl AsyncFn() + 'static) -> impl FnOnce() {
    let wanted = Rc::new(Cell::new(true));
    let asks = wanted.clone();
    spawn_local(async move {
        while asks.get() {
            ask().await;
            TimeoutFuture::new(every_ms).await;
        }
    });
    move || wanted.set(false)
}

/// Why it doesn't come out.
pub fn print_reason(print: &PrintView) -> String {
    if print.says.is_empty() { String::new() } else { format!("\u{3000}{}", print.says) }
}

/// What the print system says of a job.
pub fn print_says(state: PrintState) -> &'static str {
    match state {
        PrintState::Failed => prints::failed(),
        PrintState::Held => prints::held(),
        PrintState::Waiting => prints::waiting(),
        PrintState::Printing => prints::printing(),
        PrintState::Unknown => prints::unknown(),
        PrintState::Cancelled => prints::cancelled(),
        PrintState::Done => prints::done(),
        PrintState::Saved => prints::saved(),
    }
}

/// The same for whoever reads the page by program.
pub fn print_state(state: PrintState) -> &'static str {
    match state {
        PrintState::Failed => "failed",
        PrintState::Held => "held",
        PrintState::Waiting => "waiting",
        PrintState::Printing => "printing",
        PrintState::Unknown => "unknown",
        PrintState::Cancelled => "cancelled",
        PrintState::Done => "done",
        PrintState::Saved => "saved",
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MadeProps {
    pub file: AttrValue,
    /// It lies on a stick.
    pub on_stick: bool,
    pub printing: Option<PrintingView>,
}

/// What has come of a paper: what the printer makes of it, and where the file lies.
#[component]
pub fn Made(MadeProps { file, on_stick, printing }: &MadeProps) -> Html {
    html! {
        <>
            if let Some(printing) = printing { <Job key={printing.job.clone()} printing={printing.clone()} /> }
            { if *on_stick { papers::on_stick() } else { papers::saved() } }<span id="saved-file" class="path">{ file }</span>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct JobProps {
    printing: PrintingView,
}

/// A job at the printer, watched until it is out or given up.
#[component]
fn Job(JobProps { printing }: &JobProps) -> Html {
    let latest = use_state_eq(|| None::<PrintView>);
    let over = latest.as_ref().is_some_and(|print| {
        matches!(print.state, PrintState::Done | PrintState::Failed | PrintState::Cancelled)
    });
    {
        let latest = latest.clone();
        use_effect_with((printing.job.clone(), over), move |(job, over)| {
            let job = job.clone();
            let watch = (!over).then(|| {
                poll(ASKED_MS, async move || {
                    if let Ok(view) = ipc::ask(Prints {}).await {
                        let own = view.prints.into_iter().find(|print| print.job == job);
                        // What is not known is better told as it was when it was sent.
                        latest.set(own.filter(|print| print.state != PrintState::Unknown));
                    }
                })
            });
            move || watch.into_iter().for_each(|stop| stop())
        });
    }
    let (state, says, stuck) = match &*latest {
        Some(print) => (Some(print_state(print.state)), told(print), stuck(print)),
        None => (None, printing.says.clone(), printing.stuck),
    };
    html! {
        <span id="printing" data-stuck={stuck.to_string()} data-state={state}>
            { papers::printing(&says, &printing.job) }
        </span>
    }
}

/// It doesn't come out by itself.
fn stuck(print: &PrintView) -> bool {
    !print.says.is_empty() || matches!(print.state, PrintState::Failed | PrintState::Held)
}

fn told(print: &PrintView) -> String {
    match print.says.trim_end_matches(papers::FULL_STOP) {
        "" => papers::at_printer(print_says(print.state)),
        why => papers::at_printer_why(print_says(print.state), why),
    }
}
