//! What narrows the list.

use crate::{
    live::use_here,
    place::{Page, Queue, Step},
    texts::cases as texts,
    widgets::UnitPicker,
};
use daiban_contract::view::CaseList;
use daiban_domain::{Level, UnitCode, case::State};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StatesProps {
    pub queue: Queue,
    pub list: Rc<CaseList>,
    pub only: Option<State>,
    pub on_state: Callback<Option<State>>,
}

/// Narrows a queue to one of its states.
#[component]
pub fn States(StatesProps { queue, list, only, on_state }: &StatesProps) -> Html {
    let count = |state: &State| list.counts.get(state).copied().unwrap_or_default();
    let button = |state: Option<State>, says: String| {
        let onclick = on_state.reform(move |_: MouseEvent| state);
        html! { <button aria-pressed={(*only == state).to_string()} {onclick}>{ says }</button> }
    };
    let total: u64 = queue.states().iter().map(count).sum();
    html! {
        <div class="segments" role="group" aria-label={texts::states()}>
            { button(None, texts::all_states(total)) }
            { for queue.states().iter().map(|state| button(Some(*state), format!("{} {}", state.zh(), count(state)))) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct QueuesProps {
    pub queue: Queue,
    pub list: Option<Rc<CaseList>>,
}

/// The village has few cases: its queues stand above the list.
#[component]
pub fn VillageQueues(QueuesProps { queue, list }: &QueuesProps) -> Html {
    let here = use_here();
    let queues = [
        (Queue::All, texts::all()),
        (Queue::HandOver, texts::to_hand_over()),
        (Queue::Deliver, texts::to_deliver()),
        (Queue::Doubtful, texts::doubtful()),
    ];
    html! {
        <div class="segments" role="group" aria-label={texts::which()}>
            { for queues.into_iter().map(|(to, says)| {
                let here = here.clone();
                let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Cases(to))));
                let count = list.as_ref().map(|list| to.count(list));
                html! {
                    <button id={format!("to-{}", to.id())} aria-pressed={(*queue == to).to_string()} {onclick}>
                        { says }{ count.map(|count| format!(" {count}")) }
                    </button>
                }
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct UnitsProps {
    pub unit: Option<UnitCode>,
    pub on_unit: Callback<Option<UnitCode>>,
}

/// Narrows the list to the cases of a unit.
#[component]
pub fn Units(UnitsProps { unit, on_unit }: &UnitsProps) -> Html {
    let desk = use_here().desk;
    let all = if desk.level == Level::County { texts::all_units() } else { texts::all_villages() };
    let name = desk.units.iter().find(|known| Some(known.code) == *unit).map(|known| known.name.clone());
    html! {
        <UnitPicker id="unit" label={texts::which_unit()} chosen={*unit} name={name.unwrap_or_default()} {all}
            on_unit={on_unit.clone()} />
    }
}
