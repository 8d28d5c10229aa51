//! A new password, typed twice. The desk says while it is being typed whether it would stand.

use crate::{
    ipc,
    says::Says,
    texts::{failure, users as texts},
    widgets::TextField,
};
use daiban_contract::{Secret, ask::CheckPassword};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whose it will be: nothing that everybody knows of them will do.
    pub name: AttrValue,
    #[prop_or_else(|| texts::new_password().into())]
    pub label: AttrValue,
    /// What was typed, once it stands and was typed twice; until then nothing.
    pub on_value: Callback<Option<Secret>>,
}

#[component]
pub fn NewPassword(Props { name, label, on_value }: &Props) -> Html {
    let once = use_state_eq(String::new);
    let twice = use_state_eq(String::new);
    let judged = use_state_eq(|| None::<(String, bool, String)>);
    {
        let judged = judged.clone();
        use_effect_with(((*once).clone(), name.clone()), move |(password, name)| {
            let wanted = Rc::new(Cell::new(!password.is_empty()));
            if wanted.get() {
                let (wanted, password) = (wanted.clone(), password.clone());
                let request = CheckPassword { name: name.to_string(), password: Secret::new(&*password) };
                spawn_local(async move {
                    let said = ipc::ask(request).await;
                    // A later letter has overtaken it.
                    if wanted.get() {
                        judged.set(Some(match said {
                            Ok(said) => (password, said.strong, said.says),
                            Err(failure) => (password, false, failure::says(&failure)),
                        }));
                    }
                });
            }
            move || wanted.set(false)
        });
    }
    let judgement = judged.as_ref().filter(|(password, ..)| *password == *once);
    let strong = judgement.is_some_and(|(_, strong, _)| *strong);
    let same = *once == *twice;
    {
        let value = (strong && same).then(|| Secret::new(&**once));
        let on_value = on_value.clone();
        use_effect_with(value, move |value| on_value.emit(value.clone()));
    }
    let says = match judged.as_ref() {
        _ if once.is_empty() => Says::plain(texts::good_password()),
        Some((_, true, says)) => Says::good(says.clone()),
        Some((_, false, says)) => Says::wrong(says.clone()),
        None => None,
    };
    let again = match (twice.is_empty(), same) {
        (true, _) => None,
        (false, true) => Says::good(texts::same()),
        // Half a word is no mistake yet.
        (false, false) if once.starts_with(&**twice) => None,
        (false, false) => Says::wrong(texts::not_same()),
    };
    let set = |state: UseStateHandle<String>| Callback::from(move |text| state.set(text));
    html! {
        <div class="halves">
            <TextField id="new-password" {label} value={(*once).clone()} secret=true steady=true {says}
                on_value={set(once.clone())} />
            <TextField id="new-password-again" label={texts::again()} value={(*twice).clone()} secret=true says={again}
                on_value={set(twice.clone())} />
        </div>
    }
}
