//! A form as it would be printed now, and the button that makes it a file.

use crate::{
    dom,
    live::{use_answer, use_here},
    parts::{Icon, Trouble},
    place::Step,
};
use daiban_contract::{
    act::{PrintTo, SaveForm},
    ask::{Preview, Printers},
    view::{PrinterView, PrintingView},
};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case_no: AttrValue,
    pub form: AttrValue,
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
    let Props { case_no, form, .. } = props;
    let preview = use_answer(Some(Preview { case_no: case_no.to_string(), form: form.to_string() }));
    let printers = use_answer(Some(Printers {})).data.unwrap_or_default();
    let saving = use_state_eq(|| false);
    let saved = use_state_eq(|| None::<(AttrValue, Option<PrintingView>)>);
    let ready = props.focus && preview.data.is_some();
    use_effect_with((ready, printers.is_empty()), |(ready, no_printer)| {
        if *ready {
            dom::focus(if *no_printer { "#save-form" } else { "#print-form" });
        }
    });
    let make = {
        let (case_no, form) = (case_no.to_string(), form.to_string());
        let (saving, saved) = (saving.clone(), saved.clone());
        Callback::from(move |printer: Option<PrintTo>| {
            saving.set(true);
            let request = SaveForm { case_no: case_no.clone(), form: form.clone(), file: None, printer };
            let (saving, saved) = (saving.clone(), saved.clone());
            here.act(request, move |result| {
                saving.set(false);
                if let Ok(form) = result {
                    saved.set(Some((form.file.into(), form.printing)));
                }
            });
        })
    };
    let save = {
        let make = make.clone();
        Callback::from(move |_: MouseEvent| make.emit(None))
    };
    html! {
        <div class="paper" data-paper={form.clone()}>
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
                </div>
                <footer class="row">
                    <p class="spring small soft" role="status">
                        if let Some((file, printing)) = &*saved {
                            if let Some(printing) = printing {
                                <span id="printing"                                     data-stuck={printing.stuck.to_string()}>{ &printing.says }</span>
                            }
                            { "存好了：" }<span id="saved-file" class="path">{ file }</span>
                        }
                    </p>
                    if !printers.is_empty() {
                        <Queue printers={printers.clone()} disabled={*saving} onprint={make.reform(Some)} />
                    }
                    <button id="save-form" class={classes!("button", printers.is_empty().then_some("primary"))}
                        onclick={save} disabled={*saving}>
                        <Icon name="save" />{ "存为 PDF" }
                    </button>
                </footer>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct QueueProps {
    printers: Rc<Vec<PrinterView>>,
    disabled: bool,
    onprint: Callback<PrintTo>,
}

/// Which printer, how many copies.
#[component]
fn Queue(QueueProps { printers, disabled, onprint }: &QueueProps) -> Html {
    let (printer, copies) = (use_node_ref(), use_node_ref());
    let print = {
        let (printer, copies, onprint) = (printer.clone(), copies.clone(), onprint.clone());
        Callback::from(move |_: MouseEvent| {
            let name = printer.cast::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            let typed = copies.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            onprint.emit(PrintTo { name, copies: typed.parse().unwrap_or(1), tray: String::new() });
        })
    };
    let usual = printers.iter().position(|printer| printer.usual).unwrap_or_default();
    html! {
        <>
            <select id="printer" class="input small" aria-label="打印机" ref={printer}>
                { for printers.iter().enumerate().map(|(i, printer)| html! {
                    <option value={printer.name.clone()} selected={i == usual}>
                        { &printer.name }{ if printer.says.is_empty() { "" } else { "（" } }
                        { printer.says.trim_end_matches('。') }{ if printer.says.is_empty() { "" } else { "）" } }
                    </option>
                }) }
            </select>
            <input id="copies" class="input small few" type="number" min="1" max="99" value="1" aria-label="份数" ref={copies} />
            <button id="print-form" class="button primary" onclick={print} disabled={*disabled}>
                <Icon name="printer" />{ "打印" }
            </button>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct SheetProps {
    pub case_no: AttrValue,
    pub form: AttrValue,
}

/// The same over the page.
#[component]
pub fn PaperSheet(SheetProps { case_no, form }: &SheetProps) -> Html {
    let here = use_here();
    let close = Callback::from(move |_: MouseEvent| here.go(Step::Back));
    html! {
        <div class="veil">
            <section class="dialog wide" role="dialog" aria-modal="true" aria-label="文书">
                <Paper case_no={case_no.clone()} form={form.clone()} focus=true>
                    <button class="button small quiet" onclick={close}>{ "关上" }<kbd>{ "Esc" }</kbd></button>
                </Paper>
            </section>
        </div>
    }
}
