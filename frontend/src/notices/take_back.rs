//! Taking one back: everybody will see that it was, and why.

use crate::{
    live::{Told, use_here},
    texts::notices as texts,
    widgets::{Dialog, TextField},
};
use daiban_contract::act::TakeBackNotice;
use daiban_domain::DocumentId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: DocumentId,
    pub close: Callback<()>,
}

#[component]
pub fn TakeBack(Props { id, close }: &Props) -> Html {
    let here = use_here();
    let reason = use_state_eq(String::new);
    let on_value = {
        let reason = reason.clone();
        Callback::from(move |text| reason.set(text))
    };
    let onsubmit = {
        let (here, close, id, reason) = (here.clone(), close.clone(), *id, (*reason).clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (tell, close) = (here.tell.clone(), close.clone());
            here.act(TakeBackNotice { id, reason: reason.clone() }, move |outcome| {
                if outcome.is_ok() {
                    tell.emit(Told::Done(texts::was_taken_back().to_owned()));
                    close.emit(());
                }
            });
        })
    };
    html! {
        <Dialog id="take-back-dialog" class="asks" label={texts::take_back_title()} first="#take-back-reason" on_close={close.clone()}>
            <h2 class="title">{ texts::take_back_title() }</h2>
            <p>{ texts::take_back_says() }</p>
            <form class="stack" {onsubmit}>
                <TextField id="take-back-reason" label={texts::take_back_why()} value={(*reason).clone()} {on_value} required=true />
                <footer class="row">
                    <span class="spring" />
                    <button type="button" class="button" onclick={close.reform(|_: MouseEvent| ())}>{ crate::texts::matters::cancel() }<kbd>{ "Esc" }</kbd></button>
                    <button id="surely-take-back" class="button danger" disabled={reason.trim().is_empty()}>{ texts::take_back() }</button>
                </footer>
            </form>
        </Dialog>
    }
}
