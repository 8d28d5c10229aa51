//! What stays around every page: the bar above, the rail at the left, the one line about the network below.

use crate::{
    dom,
    live::{use_answer, use_here},
    looks::{self, Look},
    place::{Over, Page, Place, Queue, Step},
    texts::{calendar, catalogue, frame as texts, hand_over, merge, originals, overview},
    widgets::Icon,
};
use daiban_contract::ask;
use daiban_domain::Level;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub place: Rc<Place>,
}

#[component]
pub fn Topbar(Props { place }: &Props) -> Html {
    let here = use_here();
    let on_search = {
        let here = here.clone();
        Callback::from(move |event: InputEvent| here.go(Step::Search(dom::value(&event))))
    };
    let users = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Open(Over::Users)))
    };
    let redraw = {
        // A look is switched in other places, too: what stands here is read from the window itself.
        let update = use_force_update();
        Callback::from(move |()| update.force_update())
    };
    let desk = here.desk.clone();
    let village = here.is(Level::Village);
    let unread = use_unread(village);
    html! {
        <header class="topbar">
            <span class="brand">{ texts::brand() }</span>
            if village {
                <nav class="tabs" aria-label={texts::main_menu()}>
                    <Tab to={Page::Home} id="home" at={place.page.clone()} says={texts::home()} />
                    <Tab to={Page::Cases(Queue::All)} id="cases" at={place.page.clone()} says={texts::my_cases()} />
                    <Tab to={Page::Residents { person: None }} id="residents" at={place.page.clone()} says={texts::residents()} />
                    <Tab to={Page::Matters { matter_no: None }} id="matters" at={place.page.clone()} says={texts::matters()} />
                    <Tab to={Page::Notices { notice: None }} id="notices" at={place.page.clone()} says={texts::notices()} count={unread} />
                    <Tab to={Page::Items} id="items" at={place.page.clone()} says={texts::guide()} />
                    <Tab to={Page::Sync} id="sync" at={place.page.clone()} says={texts::sync()} />
                </nav>
            } else {
                <span class="strong">{ &desk.unit_name }</span>
            }
            <span class="spring" />
            <label class="search" role="search">
                <Icon name="search" />
                <input id="search" class="spring" value={place.search.clone()} oninput={on_search} autocomplete="off"
                    spellcheck="false" aria-label={texts::search()} placeholder={texts::search_by()} />
                <kbd>{ "Ctrl K" }</kbd>
            </label>
            if !village { <span class="spring when-roomy" /> }
            <span class="row looks">
                <LookButton look={Look::Large} on={Look::Large.on()} says={texts::large()} on_toggle={redraw.clone()} />
                <LookButton look={Look::Dark} on={Look::Dark.on()} says={texts::dark()} on_toggle={redraw} />
                <LanguageButton />
            </span>
            if !desk.password_set && !desk.practice {
                <button id="no-password" class="chip mark" onclick={users.clone()}>{ texts::no_password() }</button>
            }
            <button id="who" class="plain dense soft" onclick={users} title={texts::who_works()}>
                if village { <b>{ &desk.unit_short_name }</b>{ "\u{3000}" } }
                { &desk.person }
            </button>
        </header>
    }
}

#[derive(Properties, PartialEq)]
struct LookProps {
    look: Look,
    on: bool,
    says: AttrValue,
    on_toggle: Callback<()>,
}

#[component]
fn LookButton(LookProps { look, on, says, on_toggle }: &LookProps) -> Html {
    let look = *look;
    let onclick = on_toggle.reform(move |_: MouseEvent| looks::toggle(look));
    html! {
        <button id={look.class()} class="button small quiet" aria-pressed={on.to_string()} {onclick}>{ says }</button>
    }
}

#[component]
fn LanguageButton() -> Html {
    let here = use_here();
    let onclick = Callback::from(move |_: MouseEvent| here.speak.emit(here.language.other()));
    html! { <button id="language" class="button small quiet" {onclick}>{ here.language.other().name() }</button> }
}

#[derive(Properties, PartialEq)]
struct TabProps {
    to: Page,
    at: Page,
    id: AttrValue,
    says: AttrValue,
    #[prop_or_default]
    count: Option<u64>,
}

/// How many notices this unit still has to read.
#[hook]
fn use_unread(asks: bool) -> Option<u64> {
    let list = use_answer(asks.then_some(ask::Notices { limit: 1, ..Default::default() })).data;
    list.map(|list| list.unread).filter(|unread| *unread > 0)
}

#[component]
fn Tab(TabProps { to, at, id, says, count }: &TabProps) -> Html {
    let here = use_here();
    let same = match (to, at) {
        (Page::Cases(_), Page::Cases(_)) => true,
        _ => to.beside(at),
    };
    let to = to.clone();
    let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(to.clone())));
    html! {
        <button id={format!("to-{id}")} aria-current={same.then_some("page")} {onclick}>
            { says }if let Some(count) = count { <span class="small faint">{ format!(" {count}") }</span> }
        </button>
    }
}

/// The rail of townships and the county: the queues with their numbers.
#[component]
pub fn Rail(Props { place }: &Props) -> Html {
    let here = use_here();
    let list = use_answer(Some(ask::Cases { limit: 1, ..Default::default() })).data;
    let duplicates = use_answer(Some(ask::Duplicates { limit: 1 })).data;
    let duplicates = duplicates.map_or(0, |found| found.cases_total + found.people_open);
    let doubts = list.as_ref().map_or(0, |list| list.doubtful) + duplicates;
    let doubts = (doubts > 0).then_some(doubts);
    let held = use_answer(Some(ask::Held {})).data;
    let held = held.map(|held| held.iter().filter(|one| one.accepted.is_none()).count() as u64);
    let held = held.filter(|count| *count > 0);
    let unread = use_unread(true);
    let queues: &[Queue] = if here.is(Level::Township) {
        &[Queue::Intake, Queue::Review, Queue::Decision, Queue::Issue]
    } else {
        &[]
    };
    let at = &place.page;
    let queue = |queue: Queue| {
        let count = list.as_ref().map(|list| queue.count(list)).filter(|count| *count > 0);
        html! {
            <RailButton to={Page::Cases(queue)} at={at.clone()} id={queue.id()} icon={queue.icon()}
                says={queue.title()} count={count} />
        }
    };
    html! {
        <nav class="nav" aria-label={texts::workbench()}>
            if here.is(Level::County) {
                <RailButton to={Page::Home} at={at.clone()} id="home" icon="landmark" says={overview::title()} />
            } else {
                <RailButton to={Page::Home} at={at.clone()} id="home" icon="calendar-check" says={texts::today()} />
            }
            { for queues.iter().map(|each| queue(*each)) }
            if here.is(Level::Township) {
                <RailButton to={Page::HandOver { batch: None }} at={at.clone()} id="batches" icon="package-check" says={hand_over::title()} />
            } else {
                <RailButton to={Page::Originals} at={at.clone()} id="originals" icon="folder-open" says={originals::label()} />
            }
            <hr />
            <RailButton to={Page::Merge} at={at.clone()} id="merge" icon="git-compare" says={merge::rail()} count={doubts} />
            { queue(Queue::All) }
            if here.is(Level::Township) {
                <RailButton to={Page::Overview} at={at.clone()} id="overview" icon="building-2" says={overview::villages()} />
            }
            <RailButton to={Page::Devices} at={at.clone()} id="devices" icon="laptop" says={texts::devices()} count={held} />
            <RailButton to={Page::People} at={at.clone()} id="people" icon="user" says={texts::people()} />
            if here.desk.may_audit() {
                <RailButton to={Page::Audit} at={at.clone()} id="audit" icon="file-text" says={texts::audit()} />
            }
            <hr />
            <RailButton to={Page::Matters { matter_no: None }} at={at.clone()} id="matters" icon="message-square" says={texts::matters()} />
            <RailButton to={Page::Notices { notice: None }} at={at.clone()} id="notices" icon="bell" says={texts::notices()} count={unread} />
            <RailButton to={Page::Residents { person: None }} at={at.clone()} id="residents" icon="users" says={texts::residents()} />
            if here.is(Level::County) {
                <RailButton to={Page::Catalogue} at={at.clone()} id="catalogue" icon="layers" says={catalogue::title()} />
            }
            <RailButton to={Page::Calendar} at={at.clone()} id="calendar" icon="calendar-days" says={calendar::title()} />
            <RailButton to={Page::Items} at={at.clone()} id="items" icon="book-open" says={texts::guide()} />
            <RailButton to={Page::Prints} at={at.clone()} id="prints" icon="printer" says={texts::prints()} />
            <RailButton to={Page::Sync} at={at.clone()} id="sync" icon="refresh-cw" says={texts::sync()} />
        </nav>
    }
}

#[derive(Properties, PartialEq)]
struct RailProps {
    to: Page,
    at: Page,
    id: AttrValue,
    icon: AttrValue,
    says: AttrValue,
    #[prop_or_default]
    count: Option<u64>,
}

#[component]
fn RailButton(RailProps { to, at, id, icon, says, count }: &RailProps) -> Html {
    let here = use_here();
    let current = to.beside(at).then_some("page");
    let to = to.clone();
    let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(to.clone())));
    html! {
        <button id={format!("to-{id}")} aria-current={current} {onclick}>
            <Icon name={icon.clone()} /><span>{ says }</span>
            if let Some(count) = count { <span class="count">{ *count }</span> }
        </button>
    }
}

/// The one quiet line: since when, what is here, what has arrived. It never blocks.
#[component]
pub fn Statusbar() -> Html {
    let here = use_here();
    let sync = use_answer(Some(ask::Sync {})).data;
    let years = here.desk.calendar_years.iter().max().map(|year| texts::calendar_until(*year));
    let help = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Open(Over::Help)))
    };
    let to_sync = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Sync)))
    };
    let clock_off = sync.as_ref().and_then(|sync| sync.clock_off.clone());
    html! {
        <footer class="statusbar">
            if let Some(sync) = sync {
                <span id="network" class="row">
                    <Icon name={if sync.last_failure.is_some() { "wifi-off" } else { "wifi" }} />{ &sync.says }
                </span>
                <span id="pending" data-pending={sync.pending.to_string()}>
                    if sync.pending == 0 {
                        { texts::nothing_pending() }
                    } else if sync.pending_cases == 0 && sync.cases_at_township == 0 {
                        { texts::pending_others() }
                    } else if sync.pending_cases > sync.cases_at_township || sync.cases_at_township == 0 {
                        { texts::pending_cases(sync.pending_cases.saturating_sub(sync.cases_at_township)) }
                    } else {
                        { texts::all_at_township() }
                    }
                </span>
                if sync.cases_at_township > 0 { <span>{ texts::only_township(sync.cases_at_township) }</span> }
                <span>{ texts::at_county(sync.cases_at_county) }</span>
            }
            if let Some(off) = clock_off {
                <button id="clock" class="chip mark" title={off.says.clone()} onclick={to_sync}>
                    { texts::clock_off(&off.short) }
                </button>
            }
            <span class="spring" />
            <span class="when-roomy">{ texts::catalogue(&here.desk.catalogue.to_string()) }</span>
            if let Some(years) = years { <span class="when-roomy">{ years }</span> }
            <button class="plain" onclick={help}>{ texts::help() }{ " " }<kbd>{ "F1" }</kbd></button>
        </footer>
    }
}
