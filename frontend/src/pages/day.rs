//! The clock can't be right: what day it is, before anything else.

use crate::{
    dom, ipc,
    texts::enrol as texts,
    widgets::{Icon, TextField, Trouble},
};
use daiban_contract::{Failure, act::StateDay, view::DayAsked};
use daiban_domain::{
    deadline::{says_day, says_full_day},
    item::field::day as read,
};
use jiff::civil::Date;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub asked: DayAsked,
    /// It is known now.
    pub on_said: Callback<()>,
}

#[component]
pub fn DayPage(Props { asked, on_said }: &Props) -> Html {
    let text = use_state_eq(String::new);
    let running = use_state_eq(|| false);
    let failure = use_state_eq(|| None::<Failure>);
    use_effect_with((), |()| {
        dom::focus("#day");
    });
    let day = read(&text);
    let say = {
        let (running, failure, on_said) = (running.clone(), failure.clone(), on_said.clone());
        Callback::from(move |day: Date| {
            if *running {
                return;
            }
            running.set(true);
            let (running, failure, on_said) = (running.clone(), failure.clone(), on_said.clone());
            spawn_local(async move {
                let outcome = ipc::ask(StateDay { day }).await;
                running.set(false);
                match outcome {
                    Ok(_) => on_said.emit(()),
                    Err(error) => failure.set(Some(error)),
                }
            });
        })
    };
    let onsubmit = {
        let say = say.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            day.into_iter().for_each(|day| say.emit(day));
        })
    };
    let possible = asked.clock >= asked.known;
    let as_shown = {
        let (say, clock) = (say.clone(), asked.clock);
        Callback::from(move |_: MouseEvent| say.emit(clock))
    };
    html! {
        <main class="enrol">
            <form class="card" {onsubmit}>
                <h1><Icon name="calendar-check" />{ texts::which_day() }</h1>
                <p>{ &asked.says }</p>
                <p class="soft">{ texts::look_at_phone() }</p>
                <TextField id="day" label={texts::the_day()} value={(*text).clone()} hint={texts::day_hint()}
                    on_value={Callback::from(move |value| text.set(value))} />
                if let Some(day) = day { <p class="strong">{ texts::day_read(&says_full_day(day), &says_day(day)) }</p> }
                <Trouble failure={(*failure).clone()} />
                <button id="say-day" class="button primary large wide" disabled={day.is_none() || *running}>
                    { texts::this_day() }
                </button>
                if possible {
                    <button id="as-shown" type="button" class="button wide" onclick={as_shown}>
                        { texts::clock_right(&says_full_day(asked.clock)) }
                    </button>
                }
            </form>
        </main>
    }
}
