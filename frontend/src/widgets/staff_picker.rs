//! Somebody who serves, found by typing: whoever the register knows is found by the picker beside it.

use crate::{
    texts::people as texts,
    widgets::{Combobox, choices::Choice},
    words,
};
use daiban_contract::view::StaffView;
use daiban_domain::{PersonId, Role};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    /// Of whom one is chosen.
    pub people: Rc<Vec<StaffView>>,
    pub chosen: Option<PersonId>,
    pub on_person: Callback<PersonId>,
}

#[component]
pub fn StaffPicker(Props { id, label, people, chosen, on_person }: &Props) -> Html {
    let find = {
        let people = people.clone();
        Callback::from(move |text: String| Some(found(&people, &text).into_iter().map(choice).collect()))
    };
    let name = people.iter().find(|person| Some(person.person) == *chosen);
    let name = name.map(|person| words::named(&person.name).to_owned()).unwrap_or_default();
    let on_choose = {
        let on_person = on_person.clone();
        Callback::from(move |id: AttrValue| id.parse().into_iter().for_each(|id| on_person.emit(id)))
    };
    html! {
        <Combobox {id} {label} chosen={name} hint={texts::find()} none={texts::nobody()} {find} {on_choose} />
    }
}

fn found<'a>(people: &'a [StaffView], text: &str) -> Vec<&'a StaffView> {
    people.iter().filter(|person| person.name.contains(text.trim())).collect()
}

fn choice(person: &StaffView) -> Choice {
    let roles = person.roles.iter().filter_map(|role| role.parse().ok()).map(Role::zh);
    Choice {
        id: person.person.to_string().into(),
        says: words::named(&person.name).to_owned().into(),
        more: roles.collect::<Vec<_>>().join(texts::list_comma()).into(),
    }
}
