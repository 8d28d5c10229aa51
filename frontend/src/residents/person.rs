//! One person: their entries, who lives with them, what they asked for, and whose entries may be theirs, too.

use super::entry::Entry;
use crate::{
    dom,
    live::{Told, use_answer, use_here},
    place::{Page, Step},
    record::Edit,
    texts::residents as texts,
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{
    act::LinkResidents,
    ask,
    view::{PersonView, ResidentRow},
};
use daiban_domain::{DocumentId, Level};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: DocumentId,
    pub edit: Callback<Edit>,
    /// Somebody else to look at.
    pub on_person: Callback<DocumentId>,
}

#[component]
pub fn PersonPanel(Props { id, edit, on_person }: &Props) -> Html {
    let here = use_here();
    let answer = use_answer(Some(ask::Person { id: *id }));
    // Another person's data must not stand under this one's name.
    let Some(person) = answer.data.filter(|person| person.entries.iter().any(|row| row.id == *id)) else {
        return html! { <section class="card list"><Trouble failure={answer.failure.clone()} /></section> };
    };
    let Some(chosen) = person.entries.iter().find(|row| row.id == *id) else { return html! {} };
    let record = {
        let (here, edit, row) = (here.clone(), edit.clone(), Rc::new(chosen.clone()));
        Callback::from(move |_: MouseEvent| {
            edit.emit(Edit::Person(row.clone()));
            here.go(Step::Go(Page::Record));
        })
    };
    let covers = |row: &ResidentRow| here.desk.unit.covers(row.unit);
    html! {
        <section id="person" class="card list" data-person={id.to_string()}>
            <header>
                <h2 class="clip">{ words::named(&chosen.name) }</h2>
                <span class="soft">{ texts::registered_in(&chosen.unit_name) }</span><span class="spring" />
                if !here.is(Level::County) {
                    <button id="record-person" class="button primary" onclick={record}>
                        <Icon name="file-plus-2" />{ texts::record() }
                    </button>
                }
            </header>
            <div class="body scroll stack" tabindex="0">
                <Trouble failure={answer.failure.clone()} />
                <Entry row={chosen.clone()} editable={covers(chosen)} />
                { entries(&person, *id, covers) }
                if !person.others.is_empty() {
                    <section>
                        <h3>{ texts::others() }</h3><p class="dense soft">{ texts::others_says() }</p>
                        { for person.others.iter().map(|other| html! {
                            <Other key={other.id.to_string()} one={*id} other={other.clone()} />
                        }) }
                    </section>
                }
                <section>
                    <h3>{ texts::household() }</h3>
                    if person.household.is_empty() { <p class="dense soft">{ texts::household_none() }</p> }
                    <ul class="lines">
                        { for person.household.iter().map(|row| {
                            let id = row.id;
                            let onclick = on_person.reform(move |_: MouseEvent| id);
                            html! {
                                <li key={row.id.to_string()}>
                                    <button class="plain" {onclick}>
                                        <b>{ words::named(&row.name) }</b><span class="soft">{ &row.relation }</span>
                                        <span class="faint">{ row.born.map(|day| day.to_string()) }</span>
                                    </button>
                                </li>
                            }
                        }) }
                    </ul>
                </section>
                <Cases person={person.clone()} />
            </div>
        </section>
    }
}

/// The same person's other entries; each may be taken apart from this one again.
fn entries(person: &PersonView, id: DocumentId, covers: impl Fn(&ResidentRow) -> bool) -> Html {
    let others: Vec<_> = person.entries.iter().filter(|row| row.id != id).collect();
    if others.is_empty() {
        return html! {};
    }
    html! {
        <section>
            <h3>{ texts::twice() }</h3>
            { for others.into_iter().map(|row| html! {
                <div class="pair" key={row.id.to_string()}>
                    <p class="dense soft">{ texts::registered_in(&row.unit_name) }</p>
                    <Entry row={row.clone()} editable={covers(row)} />
                    <Say one={id} other={row.id} linked=true />
                </div>
            }) }
            { for person.words.iter().filter(|word| word.standing).map(|word| html! {
                <p class="small soft">
                    { texts::said(&word.by, &word.unit_name) }
                    { if word.linked { texts::one_person() } else { texts::two_people() } }{ " " }{ &word.reason }
                </p>
            }) }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct OtherProps {
    one: DocumentId,
    other: ResidentRow,
}

#[component]
fn Other(OtherProps { one, other }: &OtherProps) -> Html {
    html! {
        <div class="pair" data-alike={other.id.to_string()}>
            <p class="dense soft">{ texts::registered_in(&other.unit_name) }</p>
            <Entry row={other.clone()} editable=false />
            <Say one={*one} other={other.id} linked=false />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SayProps {
    one: DocumentId,
    other: DocumentId,
    /// They count as one person now.
    linked: bool,
}

/// One person or two, and how that was found.
#[component]
fn Say(SayProps { one, other, linked }: &SayProps) -> Html {
    let here = use_here();
    let reason = use_state_eq(String::new);
    let say = |linked: bool| {
        let (here, reason, one, other) = (here.clone(), reason.clone(), *one, *other);
        Callback::from(move |_: MouseEvent| {
            let request = LinkResidents { one, other, linked, reason: reason.to_string() };
            let tell = here.tell.clone();
            here.act(request, move |outcome| {
                if outcome.is_ok() {
                    let done = if linked { texts::linked() } else { texts::unlinked() };
                    tell.emit(Told::Done(done.to_owned()));
                }
            });
        })
    };
    let oninput = {
        let reason = reason.clone();
        Callback::from(move |event: InputEvent| reason.set(dom::value(&event)))
    };
    html! {
        <div class="row">
            <span class="input small spring">
                <input value={(*reason).clone()} {oninput} autocomplete="off" spellcheck="false"
                    aria-label={texts::how_checked()} placeholder={texts::how_checked()} />
            </span>
            if *linked {
                <button class="button small two-people" onclick={say(false)}>{ texts::unlink() }</button>
            } else {
                <button class="button small same-person" onclick={say(true)}>{ texts::same() }</button>
                <button class="button small two-people" onclick={say(false)}>{ texts::two() }</button>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CasesProps {
    person: Rc<PersonView>,
}

#[component]
fn Cases(CasesProps { person }: &CasesProps) -> Html {
    let here = use_here();
    let today = here.desk.today;
    html! {
        <section>
            <h3>{ texts::cases() }</h3>
            if person.cases.is_empty() { <p class="dense soft">{ texts::cases_none() }</p> }
            <ul class="lines">
                { for person.cases.iter().map(|case| {
                    let (here, case_no) = (here.clone(), AttrValue::from(case.case_no.clone()));
                    let onclick = Callback::from(move |_: MouseEvent| {
                        here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
                    });
                    html! {
                        <li key={case.case_no.clone()} data-case={case.case_no.clone()}>
                            <button class="plain" {onclick}>
                                <span class="clip">{ &case.item_name }</span>
                                <span class="chip state">{ &case.state_name }</span>
                                <span class="faint">{ words::near_day(case.registered_on, today) }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}
