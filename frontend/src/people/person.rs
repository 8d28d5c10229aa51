//! One of those who work here or below: what they may do, and taking over a village's open cases.

use super::{given::Given, roles};
use crate::{
    live::{Told, use_here},
    texts::people as texts,
    widgets::{Icon, PaperButton, Trouble},
    words,
};
use daiban_contract::{
    Failure,
    act::{ChangeAgent, PaperOf, SetRoles},
    view::{AgentChanged, StaffView},
};
use daiban_domain::{Level, Role};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub person: StaffView,
    /// What can be done is shown.
    pub open: bool,
    pub on_open: Callback<bool>,
}

#[component]
pub fn Person(Props { person, open, on_open }: &Props) -> Html {
    let here = use_here();
    let held = roles(person);
    let myself = here.desk.person_id == Some(person.person);
    let toggle = {
        let (on_open, open) = (on_open.clone(), *open);
        Callback::from(move |_: MouseEvent| on_open.emit(!open))
    };
    let takes_over = person.unit.level() == Level::Village
        && held.iter().any(|role| matches!(role, Role::Agent | Role::VillageHead));
    html! {
        <div class="pair" data-person={person.person.to_string()}>
            <div class="row">
                <Icon name="users" />
                <b>{ words::named(&person.name) }</b>
                <span class="soft">{ &person.unit_name }</span>
                { for held.iter().map(|role| html! { <span class="chip mark">{ role.zh() }</span> }) }
                if held.is_empty() { <span class="faint">{ texts::no_roles() }</span> }
                <span class="spring" />
                if myself {
                    <span class="soft">{ texts::myself() }</span>
                } else if here.desk.keeps_devices() || takes_over {
                    <button class="button small toggle" aria-expanded={open.to_string()} onclick={toggle}>{ texts::change() }</button>
                }
            </div>
            if *open {
                if here.desk.keeps_devices() && !myself { <Roles person={person.clone()} /> }
                if takes_over { <TakeOver person={person.clone()} /> }
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    person: StaffView,
}

#[component]
fn Roles(OneProps { person }: &OneProps) -> Html {
    let here = use_here();
    let chosen = use_state_eq(|| roles(person));
    let failure = use_state_eq(|| None::<Failure>);
    let boxes = Role::ALL.into_iter().filter(|role| role.fits(person.unit.level())).map(|role| {
        let checked = chosen.contains(&role);
        let onchange = {
            let chosen = chosen.clone();
            Callback::from(move |_: Event| {
                let mut now: Vec<Role> = chosen.iter().copied().filter(|each| *each != role).collect();
                if !checked {
                    now.push(role);
                }
                now.sort();
                chosen.set(now);
            })
        };
        html! {
            <label class="check"><input type="checkbox" value={role.as_str()} {checked} {onchange} />{ role.zh() }</label>
        }
    });
    let onsubmit = {
        let (here, chosen, failure) = (here.clone(), chosen.clone(), failure.clone());
        let (id, name) = (person.person, person.name.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (tell, failure, done) = (here.tell.clone(), failure.clone(), texts::roles_kept(&name));
            here.act(SetRoles { person: id, roles: (*chosen).clone() }, move |outcome| {
                failure.set(outcome.as_ref().err().cloned());
                if outcome.is_ok() {
                    tell.emit(Told::Done(done));
                }
            });
        })
    };
    html! {
        <form class="revoke roles" {onsubmit}>
            <div class="row" role="group" aria-label={texts::roles()}><b>{ texts::roles() }</b>{ for boxes }</div>
            <p class="says"><Icon name="info" /><span>{ texts::roles_explained() }</span></p>
            <Trouble failure={(*failure).clone()} />
            <div class="row"><button class="button keep-roles">{ texts::keep_roles() }</button></div>
        </form>
    }
}

#[component]
fn TakeOver(OneProps { person }: &OneProps) -> Html {
    let here = use_here();
    let sure = use_state_eq(|| false);
    let given = use_state_eq(|| None::<Rc<AgentChanged>>);
    let failure = use_state_eq(|| None::<Failure>);
    let onsubmit = {
        let (here, sure, given, failure) = (here.clone(), sure.clone(), given.clone(), failure.clone());
        let request = ChangeAgent { to: person.person, unit: Some(person.unit) };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !*sure {
                sure.set(true);
                return;
            }
            let (sure, given, failure) = (sure.clone(), given.clone(), failure.clone());
            here.act(request.clone(), move |outcome| {
                sure.set(false);
                failure.set(outcome.as_ref().err().cloned());
                given.set(outcome.ok().map(Rc::new));
            });
        })
    };
    html! {
        <form class="revoke take-over" {onsubmit}>
            <p class="says"><Icon name="info" /><span>{ texts::give_explained() }</span></p>
            <Trouble failure={(*failure).clone()} />
            <div class="row">
                <button class={classes!("button", "give-over", sure.then_some("danger"))}>
                    { if *sure { texts::surely().to_owned() } else { texts::give(&person.unit_name, words::named(&person.name)) } }
                </button>
                <PaperButton id="print-given" says={texts::print_given()} of={PaperOf::Given { unit: person.unit, to: person.person }} />
            </div>
            if let Some(given) = &*given { <Given given={given.clone()} /> }
        </form>
    }
}
