//! A new password, typed twice. The desk says while it is being typed whether it would stand.

use crate::{ipc, says::Says, widgets::TextField};
use daiban_contract::{Secret, ask::CheckPassword};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whose it will be: nothing that everybody knows of them will do.
    pub name: AttrValue,
    #[prop_or(AttrValue::Static("新密码"))]
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
                            Err(failure) => (password, false, failure.message),
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
        _ if once.is_empty() => Says::plain("至少 8 个字母或数字，汉字至少 4 个。写一句自己记得住的话最好。"),
        Some((_, true, says)) => Says::good(says.clone()),
        Some((_, false, says)) => Says::wrong(says.clone()),
        None => None,
    };
    let again = match (twice.is_empty(), same) {
        (true, _) => None,
        (false, true) => Says::good("两次一样。"),
        // Half a word is no mistake yet.
        (false, false) if once.starts_with(&**twice) => None,
        (false, false) => Says::wrong("两次输的不一样。"),
    };
    let set = |state: UseStateHandle<String>| Callback::from(move |text| state.set(text));
    html! {
        <div class="halves">
            <TextField id="new-password" {label} value={(*once).clone()} secret=true steady=true {says}
                on_value={set(once.clone())} />
            <TextField id="new-password-again" label="再输一次" value={(*twice).clone()} secret=true says={again}
                on_value={set(twice.clone())} />
        </div>
    }
}
