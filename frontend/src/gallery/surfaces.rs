//! What says something, asks something, or shows that there is nothing.

use crate::{
    live::{Told, use_here},
    texts::gallery as texts,
    widgets::{Dialog, Empty, Progress, Sheet, Tabs, Trouble},
};
use daiban_contract::{Code, Failure};
use yew::prelude::*;

#[component]
pub fn Surfaces() -> Html {
    let here = use_here();
    let (open, sheet) = (use_state_eq(|| false), use_state_eq(|| false));
    let (tab, stopping) = (use_state_eq(|| "one"), use_state_eq(|| false));
    let tell = |told: Told| {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.tell.emit(told.clone()))
    };
    let failure = || Failure::new(Code::Internal, texts::failure());
    let undone = {
        let tell = here.tell.clone();
        Callback::from(move |()| tell.emit(Told::Done(texts::undone().to_owned())))
    };
    let set = |shown: &UseStateHandle<bool>, to: bool| {
        let shown = shown.clone();
        Callback::from(move |()| shown.set(to))
    };
    let on_tab = {
        let tab = tab.clone();
        Callback::from(move |chosen| tab.set(chosen))
    };
    let on_stop = {
        let stopping = stopping.clone();
        Callback::from(move |()| stopping.set(true))
    };
    let show = |shown: &UseStateHandle<bool>| set(shown, true).reform(|_: MouseEvent| ());
    let close = set(&open, false);
    html! {
        <>
            <section class="card">
                <header><h2>{ texts::notices() }</h2></header>
                <div class="body stack">
                    <p class="row wrap">
                        <button class="button small" onclick={tell(Told::Done(texts::told_done().to_owned()))}>{ texts::done() }</button>
                        <button id="g-undo" class="button small" onclick={tell(Told::Undo(texts::told_undo().to_owned(), undone))}>{ texts::undoable() }</button>
                        <button class="button small" onclick={tell(Told::Failed(failure()))}>{ texts::failed() }</button>
                        <button id="g-dialog-open" class="button small" onclick={show(&open)}>{ texts::dialog() }</button>
                        <button id="g-sheet-open" class="button small" onclick={show(&sheet)}>{ texts::sheet() }</button>
                    </p>
                    <Progress id="g-progress" done=8 of=12 says={texts::progress()} stop_id="g-stop" {on_stop} stopping={*stopping} />
                    <Trouble failure={Some(failure())} />
                    <p class="note-box">{ texts::note_box() }</p>
                </div>
            </section>
            <section class="card">
                <Tabs id="g-tab" label={texts::tabs()} tabs={vec![("one", texts::tab_one().into()), ("two", texts::tab_two().into())]}
                    chosen={*tab} on_choose={on_tab}>
                    <p class="body">{ if *tab == "one" { texts::tab_one() } else { texts::tab_two() } }</p>
                </Tabs>
                <Empty icon="inbox" says={texts::empty()} then={texts::empty_then()}>
                    <button class="button small">{ texts::receive() }</button>
                </Empty>
            </section>
            if *sheet {
                <Sheet id="g-sheet" title={texts::sheet()} on_close={set(&sheet, false)}>
                    <Empty icon="inbox" says={texts::empty()} then={texts::empty_then()} />
                </Sheet>
            }
            if *open {
                <Dialog id="g-dialog" class="asks" label={texts::dialog()} on_close={close.clone()}>
                    <h2 class="title">{ texts::ask() }</h2>
                    <p>{ texts::ask_why() }</p>
                    <footer class="row">
                        <span class="spring" />
                        <button class="button" onclick={close.reform(|_: MouseEvent| ())}>{ texts::later() }<kbd>{ "Esc" }</kbd></button>
                        <button class="button primary" onclick={close.reform(|_: MouseEvent| ())}>{ texts::print() }</button>
                    </footer>
                </Dialog>
            }
        </>
    }
}
