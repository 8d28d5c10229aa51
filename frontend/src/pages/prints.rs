//! 打印: what waits at the printers, what failed and why, what was printed today.

use crate::{
    dom, ipc,
    live::{Told, use_here},
    place::{Page, Step},
    texts::prints as texts,
    widgets::{ASKED_MS, Empty, Icon, Trouble, poll, print_reason, print_says, print_state},
    words,
};
use daiban_contract::{
    Failure,
    act::{ActOnPrint, PrintAct},
    ask,
    view::{PrintState, PrintView, PrintsView},
};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn PrintsPage() -> Html {
    let here = use_here();
    let view = use_state_eq(|| None::<Rc<PrintsView>>);
    let failure = use_state_eq(|| None::<Failure>);
    {
        let (view, failure) = (view.clone(), failure.clone());
        use_effect_with(here.moved, move |_| {
            poll(ASKED_MS, async move || match ipc::ask(ask::Prints {}).await {
                Ok(answer) => {
                    failure.set(None);
                    view.set(Some(Rc::new(answer)));
                }
                Err(error) => failure.set(Some(error)),
            })
        });
    }
    use_effect_with(view.is_some(), |_| {
        _ = dom::focus("#prints-open button") || dom::focus("#prints");
    });
    let act = {
        let (here, view) = (here.clone(), view.clone());
        Callback::from(move |(id, act): (i64, PrintAct)| {
            let (tell, view) = (here.tell.clone(), view.clone());
            here.act(ActOnPrint { id, act }, move |outcome| {
                if let Ok(answer) = outcome {
                    view.set(Some(Rc::new(answer)));
                    tell.emit(Told::Done(did(act).to_owned()));
                }
            });
        })
    };
    let (open, past): (Vec<PrintView>, Vec<PrintView>) =
        view.iter().flat_map(|view| view.prints.iter().cloned()).partition(|print| print.state.open());
    let part = |id: &'static str, title: &'static str, prints: &[PrintView]| {
        html! {
            <section {id} class="card list">
                <header><h2>{ title }</h2><span class="soft">{ texts::count(prints.len()) }</span></header>
                <div class="scroll rows prints" tabindex="0" role="table" aria-label={title}>
                    <div class="header" role="row">
                        { for [texts::paper(), texts::printer(), texts::state()].map(|name| html! { <span role="columnheader">{ name }</span> }) }
                        <span role="columnheader" />
                    </div>
                    { for prints.iter().map(|print| html! {
                        <Line key={print.id.to_string()} print={print.clone()} act={act.clone()} />
                    }) }
                </div>
            </section>
        }
    };
    html! {
        <div class="page printing" id="prints" tabindex="-1">
            <div class="head row"><h1>{ texts::title() }</h1><span class="dense soft">{ texts::says() }</span></div>
            <Trouble failure={(*failure).clone()} />
            if let Some(view) = &*view {
                if !view.system { <p id="no-system" class="note-box">{ texts::no_system() }</p> }
                { for view.troubles.iter().map(|trouble| html! {
                    <p key={trouble.printer.clone()} class="doubt-box dense" data-printer={trouble.printer.clone()}>
                        { texts::trouble(&trouble.printer, &trouble.says) }
                    </p>
                }) }
                if !open.is_empty() { { part("prints-open", texts::stuck(), &open) } }
                if !past.is_empty() { { part("prints-today", texts::today(), &past) } }
                if view.prints.is_empty() {
                    <section class="card list"><Empty icon="printer" says={texts::none()} then={texts::none_then()} /></section>
                }
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    print: PrintView,
    act: Callback<(i64, PrintAct)>,
}

#[component]
fn Line(LineProps { print, act }: &LineProps) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let id = print.id;
    let to_case = {
        let case_no = AttrValue::from(print.case_no.clone());
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }))
        })
    };
    let subject = match print.cases {
        0 => String::new(),
        1 => print.case_no.clone(),
        cases => format!("{} {}", print.case_no, texts::of_cases(cases)),
    };
    html! {
        <div role="row" data-print={id.to_string()} data-state={print_state(print.state)}>
            <span role="cell" class="two">
                <span class="clip"><b>{ &print.name }</b>{ "\u{3000}" }{ &print.number }</span>
                <span class="small soft clip">{ subject }</span>
            </span>
            <span role="cell" class="two">
                <span class="clip">{ if print.printer.is_empty() { texts::file() } else { print.printer.as_str() } }</span>
                <span class="small soft clip">{ texts::pages(print.pages, print.copies) }</span>
            </span>
            <span role="cell" class="two">
                <span class={classes!(doubt(print.state).then_some("wrong"))}>{ print_says(print.state) }{ print_reason(print) }</span>
                <span class="small soft clip">{ texts::by(&words::moment(print.at, today), words::named(&print.by)) }</span>
            </span>
            <span role="cell" class="row">
                if !print.case_no.is_empty() {
                    <button type="button" class="button tiny quiet" onclick={to_case}>{ texts::to_case() }</button>
                }
                { for offered(print.state).iter().map(|one| {
                    let one = *one;
                    let onclick = act.reform(move |_: MouseEvent| (id, one));
                    html! {
                        <button type="button" class="button small" data-act={act_id(one)} {onclick}>
                            if one == PrintAct::Again { <Icon name="printer" /> }{ named(one) }
                        </button>
                    }
                }) }
            </span>
        </div>
    }
}

/// What can be done about a job.
fn offered(state: PrintState) -> &'static [PrintAct] {
    match state {
        PrintState::Failed | PrintState::Cancelled => &[PrintAct::Again],
        PrintState::Held => &[PrintAct::LetGo, PrintAct::Cancel],
        PrintState::Waiting | PrintState::Printing => &[PrintAct::Cancel],
        PrintState::Unknown | PrintState::Done | PrintState::Saved => &[],
    }
}

fn doubt(state: PrintState) -> bool {
    matches!(state, PrintState::Failed | PrintState::Held)
}

fn named(act: PrintAct) -> &'static str {
    match act {
        PrintAct::Again => texts::again(),
        PrintAct::LetGo => texts::let_go(),
        PrintAct::Cancel => texts::cancel(),
    }
}

fn act_id(act: PrintAct) -> &'static str {
    match act {
        PrintAct::Again => "again",
        PrintAct::LetGo => "let-go",
        PrintAct::Cancel => "cancel",
    }
}

fn did(act: PrintAct) -> &'static str {
    match act {
        PrintAct::Again => texts::did_again(),
        PrintAct::LetGo => texts::did_let_go(),
        PrintAct::Cancel => texts::did_cancel(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_is_left_alone() {
        assert_eq!(offered(PrintState::Done), []);
        assert_eq!(offered(PrintState::Waiting), [PrintAct::Cancel]);
        assert_eq!(offered(PrintState::Failed), [PrintAct::Again]);
        assert_eq!(offered(PrintState::Held)[0], PrintAct::LetGo);
    }
}
