//! Somebody whom the register knows: nothing of them has to be typed again.

use crate::{
    dom,
    live::{Told, use_here},
    record::Edit,
    texts::record as texts,
    widgets::PersonPicker,
    words,
};
use daiban_contract::view::ResidentRow;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub edit: Callback<Edit>,
}

#[component]
pub fn FromRegister(Props { edit }: &Props) -> Html {
    let here = use_here();
    let on_person = {
        let edit = edit.clone();
        Callback::from(move |row: Rc<ResidentRow>| {
            here.tell.emit(Told::Done(texts::taken(words::named(&row.name))));
            edit.emit(Edit::Take(row));
            dom::focus("#phone");
        })
    };
    html! {
        <section class="card list from-register">
            <header><h2>{ texts::in_register() }</h2></header>
            <PersonPicker id="register-search" label={texts::in_register_label()} none={texts::none_in_register()} {on_person} />
        </section>
    }
}
