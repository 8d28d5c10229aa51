use super::blocks::block;
use crate::{
    dom, ipc,
    practice::Practice,
    texts::handbook as texts,
    widgets::{Icon, Sheet, Trouble},
};
use daiban_contract::{Failure, ask, view::HandbookView};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// At which it opens.
    pub page: AttrValue,
    pub close: Callback<()>,
    /// The way into practice, where there is one.
    #[prop_or_default]
    pub practise: Option<Callback<Practice>>,
}

#[component]
pub fn Handbook(Props { page, close, practise }: &Props) -> Html {
    let asked = use_state_eq(|| ask::Handbook { page: page.to_string(), find: String::new() });
    let view = use_state_eq(|| None::<Result<Rc<HandbookView>, Failure>>);
    {
        let view = view.clone();
        use_effect_with((*asked).clone(), move |asked| {
            let wanted = Rc::new(Cell::new(true));
            let (still, question) = (wanted.clone(), asked.clone());
            spawn_local(async move {
                let answer = ipc::ask(question).await;
                // A later letter has overtaken it.
                if still.get() {
                    view.set(Some(answer.map(Rc::new)));
                }
            });
            move || wanted.set(false)
        });
    }
    let shown = view.as_ref().and_then(|view| view.as_ref().ok());
    use_effect_with(shown.map(|view| view.page.clone()), |_| {
        dom::scroll_to_top("#handbook-page");
    });
    let open = {
        let asked = asked.clone();
        Callback::from(move |page: String| asked.set(ask::Handbook { page, find: asked.find.clone() }))
    };
    let on_find = {
        let asked = asked.clone();
        Callback::from(move |event: InputEvent| {
            asked.set(ask::Handbook { page: asked.page.clone(), find: dom::value(&event) });
        })
    };
    // Enter opens the first that was found.
    let onkeydown = {
        let (open, first) = (open.clone(), shown.and_then(|view| Some(view.contents.first()?.page.clone())));
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter"
                && !event.is_composing()
                && let Some(first) = &first
            {
                event.prevent_default();
                open.emit(first.clone());
            }
        })
    };
    let head = html! {
        <>
            <label class="search" role="search">
                <Icon name="search" />
                <input id="handbook-find" class="spring" value={asked.find.clone()} oninput={on_find} {onkeydown}
                    autocomplete="off" spellcheck="false" aria-label={texts::find()} placeholder={texts::find_by()} />
            </label>
            <span class="spring" />
            if let Some(practise) = practise {
                <button id="practise" class="button small" onclick={practise.reform(|_: MouseEvent| Practice::Begin { guided: false, at: None })}>
                    { texts::practise() }
                </button>
            }
        </>
    };
    html! {
        <Sheet id="handbook" title={texts::handbook()} class="wide handbook" first="#handbook-find" on_close={close} {head}>
                if let Some(Err(failure)) = &*view { <Trouble failure={failure.clone()} /> }
                if let Some(view) = shown {
                    <div class="book">
                        <nav class="scroll" aria-label={texts::contents()}>
                            { for view.contents.iter().map(|entry| {
                                let to = entry.page.clone();
                                html! {
                                    <button key={entry.page.clone()} class="plain" data-page={entry.page.clone()}
                                        aria-current={(entry.page == view.page).then_some("page")}
                                        onclick={open.reform(move |_: MouseEvent| to.clone())}>
                                        <span>{ &entry.title }</span>
                                        if !entry.says.is_empty() { <span class="small soft clip">{ &entry.says }</span> }
                                    </button>
                                }
                            }) }
                            if view.contents.is_empty() { <p class="small soft">{ texts::nothing_found(&asked.find) }</p> }
                        </nav>
                        // Chinese whatever the window speaks.
                        <article id="handbook-page" class="scroll" tabindex="0" lang="zh-CN" data-page={view.page.clone()}>
                            <h2>{ &view.title }</h2>
                            { for view.blocks.iter().map(|each| block(each, &open)) }
                        </article>
                    </div>
                }
        </Sheet>
    }
}
