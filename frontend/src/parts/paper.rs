//! A form as it would be printed now, and the button that makes it a file.

use crate::{
    dom,
    live::{use_answer, use_here},
    parts::{Icon, Trouble},
    place::Step,
};
use daiban_contract::{act::SaveForm, ask::Preview};
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
    let saving = use_state_eq(|| false);
    let saved = use_state_eq(|| None::<AttrValue>);
    use_effect_with(props.focus && preview.data.is_some(), |ready| {
        if *ready {
            dom::focus("#save-form");
        }
    });
    let save = {
        let (case_no, form) = (case_no.clone(), form.clone());
        let (saving, saved) = (saving.clone(), saved.clone());
        Callback::from(move |_: MouseEvent| {
            saving.set(true);
            let request = SaveForm { case_no: case_no.to_string(), form: form.to_string(), file: None };
            let (saving, saved) = (saving.clone(), saved.clone());
            here.act(request, move |result| {
                saving.set(false);
                if let Ok(form) = result {
                    saved.set(Some(form.file.into()));
                }
            });
        })
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
                        if let Some(file) = &*saved { { "存好了：" }<span id="saved-file" class="path">{ file }</span> }
                    </p>
                    <button id="save-form" class="button primary" onclick={save} disabled={*saving}>
                        <Icon name="save" />{ "存为 PDF" }
                    </button>
                </footer>
            }
        </div>
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
