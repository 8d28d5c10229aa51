//! Who stands in for whom (DOMAIN §2.3): within one unit, from a day to a day.

use crate::{
    live::{Told, use_answer, use_here},
    texts::people as texts,
    widgets::{DateInput, StaffPicker, TextField, Trouble},
    words,
};
use daiban_contract::{
    Failure,
    act::Delegate,
    ask,
    view::{DelegationView, StaffView},
};
use daiban_domain::{PersonId, delegation::Delegation, item::field::day};
use jiff::civil::Date;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Of this desk's unit.
    pub people: Rc<Vec<StaffView>>,
}

#[component]
pub fn StandingIn(Props { people }: &Props) -> Html {
    let here = use_here();
    let all = use_answer(Some(ask::Delegations {}));
    let failure = use_state_eq(|| None::<Failure>);
    let today = here.desk.today;
    let keep = {
        let (here, failure) = (here.clone(), failure.clone());
        Callback::from(move |delegation: Delegation| {
            let (tell, failure) = (here.tell.clone(), failure.clone());
            here.act(Delegate { delegation }, move |outcome| {
                failure.set(outcome.as_ref().err().cloned());
                if outcome.is_ok() {
                    tell.emit(Told::Done(texts::delegation_kept().to_owned()));
                }
            });
        })
    };
    let coming: Vec<DelegationView> = all
        .data
        .iter()
        .flat_map(|all| all.iter())
        .filter(|one| one.delegation.until >= today)
        .cloned()
        .collect();
    html! {
        <section class="card list standing-in">
            <header><h2>{ texts::standing_in() }</h2><span class="soft">{ texts::standing_in_what() }</span></header>
            <Trouble failure={all.failure.clone()} />
            if all.data.is_some() && coming.is_empty() { <p class="pair soft">{ texts::nobody_away() }</p> }
            { for coming.iter().cloned().map(|one| {
                let end = one.holds.then(|| {
                    let (keep, until) = (keep.clone(), Delegation { until: today, ..one.delegation.clone() });
                    Callback::from(move |_: MouseEvent| keep.emit(until.clone()))
                });
                let end = end.filter(|_| one.delegation.until > today);
                let key = format!("{}{}{}", one.delegation.from, one.delegation.to, one.delegation.since);
                html! { <One {key} {one} {end} /> }
            }) }
            <Trouble failure={(*failure).clone()} />
            if people.len() > 1 { <New people={people.clone()} known={coming.len()} {keep} {today} /> }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    one: DelegationView,
    /// `None`: it hasn't begun, or ends today anyway.
    end: Option<Callback<MouseEvent>>,
}

#[component]
fn One(OneProps { one, end }: &OneProps) -> Html {
    let Delegation { since, until, reason, .. } = &one.delegation;
    html! {
        <div class="pair" data-delegation="">
            <div class="row">
                <b>{ words::named(&one.from_name) }</b><span>{ "→" }</span><b>{ words::named(&one.to_name) }</b>
                <span class="soft">{ texts::days(&words::day(*since), &words::day(*until)) }</span>
                <span class="soft">{ reason }</span>
                if one.holds { <span class="chip">{ texts::holds() }</span> }
                <span class="spring" />
                if let Some(end) = end { <button class="button small" onclick={end.clone()}>{ texts::end_today() }</button> }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NewProps {
    people: Rc<Vec<StaffView>>,
    /// How many there are: one more has been kept, and the form is for the next.
    known: usize,
    keep: Callback<Delegation>,
    today: Date,
}

#[component]
fn New(NewProps { people, known, keep, today }: &NewProps) -> Html {
    let away = use_state_eq(|| None::<PersonId>);
    let instead = use_state_eq(|| None::<PersonId>);
    let (since, until, reason) =
        (use_state_eq(|| today.to_string()), use_state_eq(String::new), use_state_eq(String::new));
    {
        let (away, instead, until, reason) = (away.clone(), instead.clone(), until.clone(), reason.clone());
        use_effect_with(*known, move |_| {
            away.set(None);
            instead.set(None);
            until.set(String::new());
            reason.set(String::new());
        });
    }
    let from = *away;
    let others: Rc<Vec<StaffView>> =
        Rc::new(people.iter().filter(|person| Some(person.person) != from).cloned().collect());
    let to = instead.filter(|instead| Some(*instead) != from);
    let onsubmit = {
        let (keep, since, until, reason) = (keep.clone(), day(&since), day(&until), (*reason).clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (Some(from), Some(to), Some(since), Some(until)) = (from, to, since, until) else { return };
            keep.emit(Delegation { from, to, since, until, reason: reason.clone(), item_ids: Vec::new() });
        })
    };
    let whole = from.is_some()
        && to.is_some()
        && day(&since).is_some()
        && day(&until).is_some()
        && !reason.trim().is_empty();
    let choose = |state: &UseStateHandle<Option<PersonId>>| {
        let state = state.clone();
        Callback::from(move |person: PersonId| state.set(Some(person)))
    };
    let put = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text: String| state.set(text))
    };
    html! {
        <form class="revoke" {onsubmit}>
            <div class="row">
                <span class="field">
                    <label for="away">{ texts::who_away() }</label>
                    <StaffPicker id="away" label={texts::who_away()} people={people.clone()} chosen={from} on_person={choose(&away)} />
                </span>
                <span class="field">
                    <label for="instead">{ texts::who_instead() }</label>
                    <StaffPicker id="instead" label={texts::who_instead()} people={others} chosen={to} on_person={choose(&instead)} />
                </span>
                <span class="field">
                    <label for="away-since">{ texts::first_day() }</label>
                    <DateInput id="away-since" label={texts::first_day()} value={(*since).clone()} on_value={put(&since)} />
                </span>
                <span class="field">
                    <label for="away-until">{ texts::last_day() }</label>
                    <DateInput id="away-until" label={texts::last_day()} value={(*until).clone()} on_value={put(&until)} />
                </span>
                <TextField id="away-reason" label={texts::reason()} value={(*reason).clone()} on_value={put(&reason)}
                    hint={texts::reason_hint()} />
            </div>
            <div class="row"><button id="keep-delegation" class="button" disabled={!whole}>{ texts::keep_delegation() }</button></div>
        </form>
    }
}
