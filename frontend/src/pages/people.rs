//! Who works at the unit and below.

use crate::{
    dom,
    live::{use_answer, use_here},
    people::{Person, StandingIn, found},
    place::Step,
    texts::people as texts,
    widgets::{Empty, Icon, Trouble, UnitPicker},
};
use daiban_contract::{ask, view::StaffView};
use daiban_domain::{PersonId, UnitCode};
use std::rc::Rc;
use yew::prelude::*;

/// More than anybody looks through; a letter more finds fewer.
const SHOWN: usize = 200;

#[component]
pub fn PeoplePage() -> Html {
    let here = use_here();
    let staff = use_answer(Some(ask::Staff {}));
    let unit = use_state_eq(|| None::<UnitCode>);
    let name = use_state_eq(String::new);
    let open = use_state_eq(|| None::<PersonId>);
    use_effect_with((), |()| {
        dom::focus("#people-name");
    });
    let people: Rc<Vec<StaffView>> = staff.data.clone().unwrap_or_default();
    let own: Vec<StaffView> = people
        .iter()
        .filter(|person| person.unit == here.desk.unit && !person.roles.is_empty())
        .cloned()
        .collect();
    let listed = found(&people, *unit, &name);
    let back = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Back))
    };
    let oninput = {
        let name = name.clone();
        Callback::from(move |event: InputEvent| name.set(dom::value(&event)))
    };
    let on_unit = {
        let unit = unit.clone();
        Callback::from(move |chosen| unit.set(chosen))
    };
    let unit_name =
        here.desk.units.iter().find(|each| Some(each.code) == *unit).map(|each| each.name.clone());
    html! {
        <div class="page devices people">
            <div class="head row">
                <button id="back" class="button small" onclick={back}><Icon name="chevron-left" />{ texts::back() }</button>
                <h1>{ texts::title() }</h1>
                <span class="dense soft clip">{ texts::what() }</span>
            </div>
            <Trouble failure={staff.failure.clone()} />
            <StandingIn people={Rc::new(own)} />
            <section id="people" class="card list">
                <header>
                    <h2>{ texts::here_and_below() }</h2>
                    <span class="soft">{ texts::count(listed.len()) }</span>
                    if listed.len() > SHOWN { <span class="soft">{ texts::first_only(SHOWN) }</span> }
                    <span class="spring" />
                    <span class="input small">
                        <input id="people-name" value={(*name).clone()} {oninput} aria-label={texts::find()} placeholder={texts::find()}
                            autocomplete="off" spellcheck="false" />
                    </span>
                    if here.desk.units.len() > 1 {
                        <UnitPicker id="people-unit" label={texts::unit()} chosen={*unit}
                            name={AttrValue::from(unit_name.unwrap_or_default())} all={texts::here_and_below()} {on_unit} />
                    }
                </header>
                if staff.data.is_some() && listed.is_empty() {
                    <Empty icon="users" says={texts::nobody()} then={texts::then()} />
                }
                <div class="scroll">
                    { for listed.into_iter().take(SHOWN).map(|person| {
                        let on_open = {
                            let (open, id) = (open.clone(), person.person);
                            Callback::from(move |now: bool| open.set(now.then_some(id)))
                        };
                        html! {
                            <Person key={person.person.to_string()} person={person.clone()} open={*open == Some(person.person)} {on_open} />
                        }
                    }) }
                </div>
            </section>
        </div>
    }
}
