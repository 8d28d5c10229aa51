//! What stays around every page: the bar above, the rail at the left, the one line about the network below.

use crate::{
    dom,
    live::{use_answer, use_here},
    looks::{self, Look},
    parts::Icon,
    place::{Over, Page, Place, Queue, Step},
};
use daiban_contract::{ask, view::CaseList};
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
    let desk = here.desk.clone();
    let village = here.is(Level::Village);
    html! {
        <header class="topbar">
            <span class="brand">{ "代办通" }</span>
            if village {
                <nav class="tabs" aria-label="主菜单">
                    <Tab to={Page::Home} id="home" at={place.page.clone()} says="首页" />
                    <Tab to={Page::Cases(Queue::All)} id="cases" at={place.page.clone()} says="我的办件" />
                    <Tab to={Page::Items} id="items" at={place.page.clone()} says="办事指南" />
                    <Tab to={Page::Sync} id="sync" at={place.page.clone()} says="同步" />
                </nav>
            } else {
                <span class="strong">{ &desk.unit_name }</span>
            }
            <span class="spring" />
            <label class="search" role="search">
                <Icon name="search" />
                <input id="search" class="spring" value={place.search.clone()} oninput={on_search} autocomplete="off"
                    spellcheck="false" aria-label="找办件" placeholder="找办件、姓名、拼音首字母、号码" />
                <kbd>{ "Ctrl K" }</kbd>
            </label>
            if !village { <span class="spring when-roomy" /> }
            <span class="row looks">
                <LookButton look={Look::Large} says="大字" />
                <LookButton look={Look::Dark} says="深色" />
            </span>
            if !desk.password_set {
                <button id="no-password" class="chip mark" onclick={users.clone()}>{ "未设密码" }</button>
            }
            <button id="who" class="plain dense soft" onclick={users} title="使用人、密码、换人">
                if village { <b>{ &desk.unit_short_name }</b>{ "　" } }
                { &desk.person }
            </button>
        </header>
    }
}

#[derive(Properties, PartialEq)]
struct LookProps {
    look: Look,
    says: AttrValue,
}

#[component]
fn LookButton(LookProps { look, says }: &LookProps) -> Html {
    let look = *look;
    let on = use_state_eq(|| look.on());
    let onclick = {
        let on = on.clone();
        Callback::from(move |_: MouseEvent| on.set(looks::toggle(look)))
    };
    html! {
        <button id={look.class()} class="button small quiet" aria-pressed={on.to_string()} {onclick}>{ says }</button>
    }
}

#[derive(Properties, PartialEq)]
struct TabProps {
    to: Page,
    at: Page,
    id: AttrValue,
    says: AttrValue,
}

#[component]
fn Tab(TabProps { to, at, id, says }: &TabProps) -> Html {
    let here = use_here();
    let same = match (to, at) {
        (Page::Cases(_), Page::Cases(_)) => true,
        _ => to == at,
    };
    let to = to.clone();
    let onclick = Callback::from(move |_: MouseEvent| here.go(Step::Go(to.clone())));
    html! { <button id={format!("to-{id}")} aria-current={same.then_some("page")} {onclick}>{ says }</button> }
}

/// The rail of townships and the county: the queues with their numbers.
#[component]
pub fn Rail(Props { place }: &Props) -> Html {
    let here = use_here();
    let list = use_answer(Some(ask::Cases { limit: 1, ..Default::default() })).data;
    let duplicates = use_answer(Some(ask::Duplicates { limit: 1 })).data;
    let duplicates = duplicates.map(|found| found.cases_total + found.people_open).filter(|count| *count > 0);
    let held = use_answer(Some(ask::Held {})).data;
    let held = held.map(|held| held.iter().filter(|one| one.accepted.is_none()).count() as u64);
    let held = held.filter(|count| *count > 0);
    let queues: &[Queue] = if here.is(Level::Township) {
        &[Queue::Intake, Queue::Review, Queue::Decision, Queue::Issue]
    } else {
        &[]
    };
    let at = &place.page;
    let queue = |queue: Queue| {
        let count = list.as_ref().map(|list| waiting(queue, list)).filter(|count| *count > 0);
        html! {
            <RailButton to={Page::Cases(queue)} at={at.clone()} id={queue.id()} icon={queue.icon()}
                says={queue.title()} count={count} />
        }
    };
    html! {
        <nav class="nav" aria-label="工作台">
            <RailButton to={Page::Home} at={at.clone()} id="home" icon="calendar-check" says="今日" />
            { for queues.iter().map(|each| queue(*each)) }
            <hr />
            { queue(Queue::Doubtful) }
            { queue(Queue::All) }
            <RailButton to={Page::Duplicates} at={at.clone()} id="duplicates" icon="circle-alert" says="疑似重复"
                count={duplicates} />
            <RailButton to={Page::Devices} at={at.clone()} id="devices" icon="laptop" says="电脑" count={held} />
            <hr />
            <RailButton to={Page::Items} at={at.clone()} id="items" icon="book-open" says="办事指南" />
            <RailButton to={Page::Sync} at={at.clone()} id="sync" icon="refresh-cw" says="同步" />
        </nav>
    }
}

/// How many cases stand in a queue.
fn waiting(queue: Queue, list: &CaseList) -> u64 {
    match queue {
        Queue::Doubtful => list.doubtful,
        Queue::All => list.counts.values().sum(),
        _ => queue.states().iter().filter_map(|state| list.counts.get(state)).sum(),
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
    let current = (to == at).then_some("page");
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
    let years = here.desk.calendar_years.iter().max().map(|year| format!("日历到 {year} 年"));
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
                        { "本机没有未送的" }
                    } else if sync.pending_cases > sync.cases_at_township || sync.cases_at_township == 0 {
                        { format!("{} 件还没送出", sync.pending_cases.saturating_sub(sync.cases_at_township)) }
                    } else {
                        { "本机的都送到镇上了" }
                    }
                </span>
                if sync.cases_at_township > 0 { <span>{ format!("只到乡镇 {} 件", sync.cases_at_township) }</span> }
                <span>{ format!("县中心已收到 {} 件", sync.cases_at_county) }</span>
            }
            if let Some(off) = clock_off {
                <button id="clock" class="chip mark" title={off.says.clone()} onclick={to_sync}>
                    { format!("本机时间{}", off.short) }
                </button>
            }
            <span class="spring" />
            <span class="when-roomy">{ format!("事项目录 {}", here.desk.catalogue) }</span>
            if let Some(years) = years { <span class="when-roomy">{ years }</span> }
            <button class="plain" onclick={help}>{ "帮助 " }<kbd>{ "F1" }</kbd></button>
        </footer>
    }
}
