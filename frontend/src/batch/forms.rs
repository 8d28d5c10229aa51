//! One form of many cases in one file: which, where to, how far it is, and what has come of it.

use crate::{
    live::{Told, use_answer, use_here},
    place::{Over, Step},
    texts::papers as texts,
    widgets::{Icon, Made, MadeProps, MakingPapers, Output, Sheet, To, Trouble},
    words,
};
use daiban_contract::{
    act::{FormsOf, SaveForms},
    ask::FormsDue,
    view::{DueFormView, SavedForms},
};
use jiff::civil::Date;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub of: FormsOf,
}

/// What was made last.
#[derive(Clone, PartialEq)]
struct Outcome {
    saved: SavedForms,
    on_stick: bool,
}

#[component]
pub fn FormsSheet(Props { of }: &Props) -> Html {
    let here = use_here();
    let day = use_state_eq(|| match of {
        FormsOf::Day { on } => Some(*on),
        _ => None,
    });
    let of = day.map_or_else(|| of.clone(), |on| FormsOf::Day { on });
    let due = use_answer(Some(FormsDue { of: of.clone() }));
    let chosen = use_state_eq(|| None::<String>);
    let running = use_state_eq(|| false);
    let outcome = use_state_eq(|| None::<Outcome>);
    let forms = due.data.as_ref().map(|due| &due.forms[..]).unwrap_or_default();
    let form = chosen
        .as_ref()
        .and_then(|chosen| forms.iter().find(|due| due.form == *chosen))
        .or_else(|| usual(&of, forms));
    let on_to = {
        let (here, of, form) = (here.clone(), of.clone(), form.cloned());
        let (running, outcome) = (running.clone(), outcome.clone());
        Callback::from(move |To { folder, printer }: To| {
            let Some(form) = form.clone() else { return };
            running.set(true);
            outcome.set(None);
            let on_stick = folder.is_some();
            let request = SaveForms { of: of.clone(), form: form.form, file: folder, printer };
            let (running, outcome, tell) = (running.clone(), outcome.clone(), here.tell.clone());
            here.act(request, move |result| {
                running.set(false);
                let Ok(saved) = result else { return };
                // Whoever has closed the sheet meanwhile hears of it, too.
                tell.emit(Told::Done(came_to(&saved)));
                outcome.set(Some(Outcome { saved, on_stick }));
            });
        })
    };
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            chosen.set(event.target_dyn_into::<HtmlInputElement>().map(|radio| radio.value()));
        })
    };
    let on_day = {
        let day = day.clone();
        Callback::from(move |on: Date| day.set(Some(on)))
    };
    let title = match &of {
        FormsOf::Day { on } => texts::of_day(&words::near_day(*on, here.desk.today)),
        FormsOf::HandOver { batch } => texts::of_batch(batch),
        FormsOf::Cases { case_nos } => texts::of_cases(case_nos.len()),
    };
    let days = day.map(|on| html! { <Days {on} today={here.desk.today} {on_day} /> });
    let head = html! { <><span class="spring" />{ days }</> };
    html! {
        <Sheet id="forms" {title} class="batch" on_close={here.back()} {head}>
                <Trouble failure={due.failure.clone()} />
                <ul class="list" role="radiogroup" aria-label={texts::which_form()}>
                    { for forms.iter().map(|due| html! {
                        <li key={due.form.clone()}>
                            <label class="choice" data-due={due.form.clone()}>
                                <input type="radio" name="form" value={due.form.clone()} onchange={choose.clone()}
                                    checked={form.is_some_and(|form| form.form == due.form)} disabled={*running} />
                                <span class="spring">{ &due.name }</span>
                                if due.printed > 0 { <span class="dense faint">{ texts::printed(due.printed) }</span> }
                                <span class="soft">{ texts::cases(due.cases) }</span>
                            </label>
                        </li>
                    }) }
                </ul>
                if due.data.is_some() && forms.is_empty() {
                    <div class="empty"><Icon name="printer" /><p>{ texts::none_due() }</p></div>
                }
                if let Some(among) = due.data.as_ref().and_then(|due| due.among) {
                    <p class="dense soft">{ texts::among(among) }</p>
                }
                <div class="outcome small soft" role="status">
                    if *running { <MakingPapers /> }
                    if let Some(outcome) = &*outcome { <Came outcome={outcome.clone()} /> }
                </div>
                <footer class="row">
                    <Output disabled={*running || form.is_none()} {on_to} focus={due.data.is_some()} />
                </footer>
        </Sheet>
    }
}

/// A hand-over goes with its slip.
fn usual<'f>(of: &FormsOf, forms: &'f [DueFormView]) -> Option<&'f DueFormView> {
    let slip = matches!(of, FormsOf::HandOver { .. }).then(|| forms.iter().find(|due| due.form == "F06"));
    slip.flatten().or(forms.first())
}

fn came_to(saved: &SavedForms) -> String {
    texts::came_to(&saved.name, saved.numbers.len(), saved.pages)
}

#[derive(Properties, PartialEq)]
struct CameProps {
    outcome: Outcome,
}

#[component]
fn Came(CameProps { outcome: Outcome { saved, on_stick } }: &CameProps) -> Html {
    let made =
        MadeProps { file: saved.file.clone().into(), on_stick: *on_stick, printing: saved.printing.clone() };
    html! {
        <>
            <p><b id="came">{ came_to(saved) }</b>{ texts::full_stop() }<Made ..made /></p>
            if !saved.skipped.is_empty() {
                <p>{ texts::skipped(saved.skipped.len()) }</p>
                <ul class="skipped">
                    { for saved.skipped.iter().map(|one| html! { <li>{ texts::skipped_one(&one.case_no, &one.why) }</li> }) }
                </ul>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DaysProps {
    on: Date,
    today: Date,
    on_day: Callback<Date>,
}

#[component]
fn Days(DaysProps { on, today, on_day }: &DaysProps) -> Html {
    let to = |day: Option<Date>| {
        let on_day = on_day.clone();
        Callback::from(move |_: MouseEvent| day.into_iter().for_each(|day| on_day.emit(day)))
    };
    let (before, after) = (on.yesterday().ok(), on.tomorrow().ok().filter(|day| day <= today));
    html! {
        <>
            <button id="day-before" class="button small quiet" onclick={to(before)}>{ texts::day_before() }</button>
            <button id="day-after" class="button small quiet" onclick={to(after)} disabled={after.is_none()}>{ texts::day_after() }</button>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    pub of: FormsOf,
    pub says: AttrValue,
    #[prop_or_default]
    pub id: Option<AttrValue>,
}

/// Opens the papers of many cases.
#[component]
pub fn FormsButton(ButtonProps { of, says, id }: &ButtonProps) -> Html {
    let here = use_here();
    let batch = match of {
        FormsOf::HandOver { batch } => Some(AttrValue::from(batch.clone())),
        _ => None,
    };
    let onclick = {
        let of = of.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Open(Over::Forms(of.clone()))))
    };
    html! {
        <button id={id.clone()} class="button small quiet" data-batch={batch} {onclick}><Icon name="printer" />{ says }</button>
    }
}
