//! What to do now.

use crate::{
    batch::FormsButton,
    dom,
    live::{use_answer, use_here},
    notices::NoticesCard,
    overview::{Groups, MattersCard, UnderWayCard},
    place::{Over, Page, Queue, Step},
    texts::{home as texts, people, rating},
    widgets::{Icon, Light, Reach, Trouble},
    words,
};
use daiban_contract::{
    act::FormsOf,
    ask,
    view::{CaseRow, HomeView, TodayView, Todo},
};
use daiban_domain::Level;
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn HomePage() -> Html {
    let here = use_here();
    let home = use_answer(Some(ask::Home {}));
    let today = here.desk.today;
    let village = here.is(Level::Village);
    use_effect_with(home.data.is_some(), |_| {
        dom::focus(".tiles #record");
    });
    html! {
        <div class="page home">
            <div class="today row">
                <h1>{ format!("{}　{}", words::day(today), words::weekday(today)) }</h1>
                <span class="spring" />
                if let Some(view) = &home.data { <TwiceButton view={view.clone()} /> }
                if !here.is(Level::County) {
                    <FormsButton id="print-day" says={texts::print_day()} of={FormsOf::Day { on: today }} />
                }
                if here.is(Level::Township) { <WindowButton /> }
                if village { <PeopleButton /> }
            </div>
            <Trouble failure={home.failure.clone()} />
            if let Some(view) = &home.data {
                <div class="left">
                    if village { <Tiles view={view.clone()} /> }
                    if let Some(today) = &view.today { <Groups today={Rc::new(today.clone())} /> }
                    <TodoCard view={view.clone()} />
                </div>
                <div class="right">
                    <ReachCard view={view.clone()} />
                    <NoticesCard />
                    if view.to_tell.total > 0 { <ToTellCard view={view.clone()} /> }
                    if let Some(today) = &view.today { <DayCards today={today.clone()} /> }
                    <RecentCard view={view.clone()} />
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct DayProps {
    today: TodayView,
}

/// What stands in no list of cases, where there is some of it.
#[component]
fn DayCards(DayProps { today }: &DayProps) -> Html {
    let shared = Rc::new(today.clone());
    html! {
        <>
            if today.bad_ratings.total + today.matters.total > 0 { <MattersCard today={shared.clone()} /> }
            if !today.under_way.is_empty() { <UnderWayCard today={shared} /> }
        </>
    }
}

/// A walk-in: recorded and received at the window.
#[component]
pub fn WindowButton() -> Html {
    let here = use_here();
    let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Record)));
    html! {
        <button id="record" class="button small" {onclick}>
            <Icon name="file-plus-2" />{ texts::at_window() }<kbd>{ "F2" }</kbd>
        </button>
    }
}

/// Seldom wanted, and in no menu of a village.
#[component]
fn PeopleButton() -> Html {
    let here = use_here();
    let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::People)));
    html! { <button id="to-people" class="button small quiet" {onclick}><Icon name="users" />{ people::title() }</button> }
}

#[derive(Properties, PartialEq)]
struct Props {
    view: Rc<HomeView>,
}

/// Requests made twice and entries that may be one person: only where there are some.
#[component]
fn TwiceButton(Props { view }: &Props) -> Html {
    let here = use_here();
    let (cases, people) = (view.duplicate_cases, view.alike_people);
    let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Merge)));
    let says = [(cases > 0).then(|| texts::twice(cases)), (people > 0).then(|| texts::alike(people))];
    let says = says.into_iter().flatten().collect::<Vec<_>>().join(texts::comma());
    html! {
        if !says.is_empty() {
            <button id="home-duplicates" class="button small" {onclick}><Icon name="circle-alert" />{ says }</button>
        }
    }
}

#[component]
fn Tiles(Props { view }: &Props) -> Html {
    let here = use_here();
    let tile = |id: &'static str,
                key: &'static str,
                icon: &'static str,
                name: &'static str,
                says: String,
                to: Page| {
        let here = here.clone();
        let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(to.clone())));
        html! {
            <button {id} class={classes!("tile", (id == "record").then_some("primary"))} {onclick}>
                <span class="tile-icon"><Icon name={icon} /></span><kbd>{ key }</kbd>
                <strong>{ name }</strong><span>{ says }</span>
            </button>
        }
    };
    let rate = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Open(Over::ToRate)))
    };
    let hand_over = match view.to_hand_over {
        0 => texts::none_to_hand_over().to_owned(),
        count => texts::to_hand_over(count),
    };
    let deliver = match view.to_deliver {
        0 => texts::none_to_deliver().to_owned(),
        count => texts::to_deliver(count),
    };
    html! {
        <div class="tiles">
            { tile("record", "F2", "file-plus-2", texts::record(), texts::record_here().into(), Page::Record) }
            { tile("hand-over", "F3", "send", texts::hand_over(), hand_over, Page::HandOver { batch: None }) }
            { tile("deliver", "F4", "package-check", texts::deliver(), deliver, Page::Cases(Queue::Deliver)) }
            <button id="rate" class="tile" onclick={rate}>
                <span class="tile-icon"><Icon name="smile" /></span><kbd>{ "F6" }</kbd>
                <strong>{ rating::title() }</strong><span>{ rating::tile() }</span>
            </button>
        </div>
    }
}

#[component]
fn TodoCard(Props { view }: &Props) -> Html {
    let here = use_here();
    let records = !here.is(Level::County);
    let all = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Cases(Queue::All))))
    };
    html! {
        <section class="card list">
            <header>
                <h2>{ texts::todo() }</h2><span class="soft">{ texts::cases(view.todo_total) }</span>
                <span class="spring" />
                <button class="button small quiet" onclick={all}>{ texts::open(view.open) }</button>
            </header>
            <ul id="todo" class="todo scroll">
                { for view.todo.iter().map(|todo| html! {
                    <TodoLine key={todo.case.case_no.clone()} todo={todo.clone()} />
                }) }
            </ul>
            if view.todo.is_empty() {
                <div class="empty"><Icon name="calendar-check" /><p>{ texts::nothing_to_do() }if records { { texts::press_to_record() } }</p></div>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct TodoProps {
    todo: Todo,
}

#[component]
fn TodoLine(TodoProps { todo }: &TodoProps) -> Html {
    let here = use_here();
    let row = &todo.case;
    let open = {
        let (case_no, begin) =
            (AttrValue::from(row.case_no.clone()), todo.event.clone().map(AttrValue::from));
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: begin.clone() }));
        })
    };
    let act = if todo.event.is_some() { todo.event_name.as_str() } else { texts::look() };
    html! {
        <li data-case={row.case_no.clone()} data-state={row.state.as_str()}>
            <span class="dense"><Light light={row.light} says={row.light_says.clone()} /></span>
            <div>
                <span class="clip"><b>{ words::named(&row.applicant_name) }</b>{ "　" }{ &row.item_name }</span>
                <span class="dense soft clip">{ &todo.says }</span>
            </div>
            <Reach at={row.reach} />
            <button class="button" onclick={open} data-todo={todo.event.clone()}>{ act }</button>
        </li>
    }
}

#[component]
fn ReachCard(Props { view }: &Props) -> Html {
    let here = use_here();
    let sync = &view.sync;
    let open = Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Sync)));
    html! {
        <section class="card">
            <header>
                <Icon name={if sync.last_failure.is_some() { "wifi-off" } else { "wifi" }} />
                <h2 class="clip">{ &sync.says }</h2><span class="spring" />
                <button class="button small quiet" onclick={open}>{ texts::sync() }</button>
            </header>
            <div class="body">
                <ol class="stops">
                    <li><Icon name="laptop" /><span>{ texts::saved_here() }</span><span><strong>{ sync.cases }</strong>{ texts::cases_unit() }</span></li>
                    if sync.cases_at_township > 0 {
                        <li>
                            <Icon name="building-2" /><span>{ texts::only_township() }</span>
                            <span><strong>{ sync.cases_at_township }</strong>{ texts::cases_unit() }</span>
                        </li>
                    }
                    <li>
                        <Icon name="landmark" /><span>{ texts::at_county() }</span>
                        <span><strong>{ sync.cases_at_county }</strong>{ texts::cases_unit() }</span>
                    </li>
                </ol>
                <p class="dense soft">
                    if sync.pending == 0 {
                        { texts::nothing_pending() }
                    } else if sync.cases_at_township > 0 && sync.pending_cases <= sync.cases_at_township {
                        { texts::all_at_township() }
                    } else {
                        { texts::pending(sync.pending_cases - sync.cases_at_township) }
                    }
                </p>
            </div>
        </section>
    }
}

/// Whose paper tells a day that a later calendar has moved: they have to hear of it.
#[component]
fn ToTellCard(Props { view }: &Props) -> Html {
    let here = use_here();
    let open = |case_no: &str| {
        let (here, case_no) = (here.clone(), AttrValue::from(case_no.to_owned()));
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    html! {
        <section id="to-tell" class="card list">
            <header>
                <Icon name="calendar-check" />
                <h2>{ texts::to_tell() }</h2>
                <span class="spring" /><span class="soft">{ texts::cases(view.to_tell.total) }</span>
            </header>
            <ul class="saved scroll">
                { for view.to_tell.cases.iter().map(|case| html! {
                    <li key={case.case_no.clone()} data-case={case.case_no.clone()}>
                        <button class="plain" title={case.says.clone()} onclick={open(&case.case_no)}>
                            <span class="clip">{ words::named(&case.applicant_name) }{ "　" }{ &case.phone }</span>
                            <span class="dense soft clip">
                                { format!("{} → {}{}", words::day(case.told), words::day(case.now),
                                    if case.provisional { texts::provisional() } else { "" }) }
                            </span>
                        </button>
                    </li>
                }) }
            </ul>
        </section>
    }
}

#[component]
fn RecentCard(Props { view }: &Props) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let open = |row: &CaseRow| {
        let (here, case_no) = (here.clone(), AttrValue::from(row.case_no.clone()));
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    html! {
        <section class="card list">
            <header><h2>{ texts::recent() }</h2></header>
            <ul class="saved scroll">
                { for view.recent.iter().map(|row| html! {
                    <li key={row.case_no.clone()} data-case={row.case_no.clone()}>
                        <button class="plain" onclick={open(row)}>
                            <span class="clip">{ words::named(&row.applicant_name) }</span><Reach at={row.reach} />
                            <span class="dense soft clip">{ &row.item_name }</span>
                            <time class="small faint">{ words::near_day(row.registered_on, today) }</time>
                        </button>
                    </li>
                }) }
            </ul>
            if view.recent.is_empty() { <p class="empty dense">{ texts::none_recorded() }</p> }
        </section>
    }
}
