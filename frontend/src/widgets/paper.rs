//! A form as it would be printed now, and the button that makes it a file.

use super::output::{Made, MadeProps, MakingPapers, Output, To};
use crate::{
    live::{use_answer, use_here},
    place::{Over, PaperIs, Step},
    texts::papers as texts,
    widgets::{Close, Dialog, Icon, Trouble},
};
use daiban_contract::{
    act::{PaperOf, SaveForm, SavePaper},
    ask::{Preview, PreviewPaper},
    view::PrintingView,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub paper: PaperIs,
    /// Puts the focus on saving as soon as the form can be seen.
    #[prop_or_default]
    pub focus: bool,
    /// Stands at the right of the form's name.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Paper(props: &Props) -> Html {
    let here = use_here();
    let of_case = match &props.paper {
        PaperIs::Case { case_no, form } => {
            Some(Preview { case_no: case_no.to_string(), form: form.to_string() })
        }
        PaperIs::Other(_) => None,
    };
    let of_other = match &props.paper {
        PaperIs::Case { .. } => None,
        PaperIs::Other(of) => Some(PreviewPaper { of: of.clone() }),
    };
    let (of_case, of_other) = (use_answer(of_case), use_answer(of_other));
    let preview = if matches!(props.paper, PaperIs::Case { .. }) { of_case } else { of_other };
    let saving = use_state_eq(|| false);
    let saved = use_state_eq(|| None::<MadeProps>);
    let on_to = {
        let paper = props.paper.clone();
        let (saving, saved) = (saving.clone(), saved.clone());
        Callback::from(move |To { folder, printer }: To| {
            saving.set(true);
            let (saving, saved, on_stick) = (saving.clone(), saved.clone(), folder.is_some());
            let done = move |result: Option<(String, Option<PrintingView>)>| {
                saving.set(false);
                if let Some((file, printing)) = result {
                    saved.set(Some(MadeProps { file: file.into(), on_stick, printing }));
                }
            };
            match paper.clone() {
                PaperIs::Case { case_no, form } => {
                    let (case_no, form) = (case_no.to_string(), form.to_string());
                    let request = SaveForm { case_no, form, file: folder, printer };
                    here.act(request, move |saved| done(saved.ok().map(|form| (form.file, form.printing))));
                }
                PaperIs::Other(of) => {
                    let request = SavePaper { of, file: folder, printer };
                    here.act(request, move |saved| {
                        done(saved.ok().map(|paper| (paper.file, paper.printing)))
                    });
                }
            }
        })
    };
    // Many of them take their time.
    let cards = matches!(props.paper, PaperIs::Other(PaperOf::Cards { .. }));
    html! {
        <div class="paper" data-paper={handle(&props.paper)}>
            <header class="row">
                <h2>{ preview.data.as_ref().map(|view| view.name.clone()) }</h2><span class="spring" />
                { props.children.clone() }
            </header>
            <Trouble failure={preview.failure.clone()} />
            if let Some(view) = &preview.data {
                <div id="preview" class="scroll" tabindex="0" role="img" aria-label={view.name.clone()}>
                    { for view.pages.iter().map(|page| html! {
                        <div class="sheet">{ Html::from_html_unchecked(page.clone().into()) }</div>
                    }) }
                    if view.pages.len() < view.total {
                        <p class="soft">{ texts::first_pages(view.total, view.pages.len()) }</p>
                    }
                </div>
                <footer class="row">
                    if *saving && cards {
                        <MakingPapers />
                    } else {
                        <p class="spring small soft" role="status">
                            if let Some(made) = &*saved { <Made ..made.clone() /> }
                        </p>
                    }
                    <Output disabled={*saving} {on_to} focus={props.focus} />
                </footer>
            }
        </div>
    }
}

fn handle(paper: &PaperIs) -> AttrValue {
    match paper {
        PaperIs::Case { form, .. } => form.clone(),
        PaperIs::Other(PaperOf::Visit { .. }) => "F22".into(),
        PaperIs::Other(PaperOf::Ledger { .. }) => "F18".into(),
        PaperIs::Other(PaperOf::Guide { .. }) => "F11".into(),
        PaperIs::Other(PaperOf::Cards { .. }) => "F12".into(),
        PaperIs::Other(PaperOf::Handbook {}) => "handbook".into(),
        PaperIs::Other(PaperOf::Changes {}) => "changes".into(),
        PaperIs::Other(PaperOf::Given { .. }) => "given".into(),
    }
}

#[derive(Properties, PartialEq)]
pub struct SheetProps {
    pub paper: PaperIs,
}

/// The same over the page.
#[component]
pub fn PaperSheet(SheetProps { paper }: &SheetProps) -> Html {
    let here = use_here();
    let on_close = here.back();
    html! {
        <Dialog id="paper" class="wide" label={texts::title()} on_close={on_close.clone()}>
            <Paper paper={paper.clone()} focus=true><Close of="paper" {on_close} /></Paper>
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    pub id: AttrValue,
    pub of: PaperOf,
    pub says: AttrValue,
}

/// Opens a paper that is no case's.
#[component]
pub fn PaperButton(ButtonProps { id, of, says }: &ButtonProps) -> Html {
    let here = use_here();
    let open = {
        let of = of.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Open(Over::Paper(PaperIs::Other(of.clone())))))
    };
    html! {
        <button type="button" id={id.clone()} class="button small quiet" onclick={open}><Icon name="printer" />{ says }</button>
    }
}
