//! The devices of the unit and below: revoking one, whose data lay on it, and what it wrote afterwards.

use crate::{
    dom,
    live::{Told, use_answer, use_here},
    place::{Page, Step},
    texts::devices as texts,
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{
    Failure,
    act::{IssueCode, ReviewHeld, RevokeDevice},
    ask,
    view::{BreachView, CodeView, DeviceView, HeldView},
};
use daiban_domain::{Instant, UnitCode, revocation::Ground};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[component]
pub fn DevicesPage() -> Html {
    let here = use_here();
    let devices = use_answer(Some(ask::Devices {}));
    let held = use_answer(Some(ask::Held {}));
    let chosen = use_state_eq(|| None::<AttrValue>);
    let back = Callback::from(move |_: MouseEvent| here.go(Step::Back));
    use_effect_with(devices.data.is_some(), |_| {
        dom::focus("#back");
    });
    let list = devices.data.clone().unwrap_or_default();
    let (out, valid): (Vec<_>, Vec<_>) = list.iter().cloned().partition(|device| device.revoked.is_some());
    let row = |device: &DeviceView| {
        let id = AttrValue::from(device.device.to_string());
        html! {
            <Device key={id.to_string()} device={device.clone()} open={*chosen == Some(id.clone())}
                choose={{
                    let (chosen, id) = (chosen.clone(), id.clone());
                    Callback::from(move |open: bool| chosen.set(open.then(|| id.clone())))
                }} />
        }
    };
    html! {
        <div class="page devices">
            <div class="head row">
                <button id="back" class="button small" onclick={back}><Icon name="chevron-left" />{ texts::back() }</button>
                <h1>{ texts::computers() }</h1>
            </div>
            <Trouble failure={devices.failure.clone()} />
            <Trouble failure={held.failure.clone()} />
            <GiveCode />
            if let Some(held) = held.data.filter(|held| !held.is_empty()) { <Held {held} /> }
            <section class="card list">
                <header>
                    <h2>{ texts::in_use() }</h2>
                    <span class="soft">{ texts::count(valid.len()) }</span>
                </header>
                <div class="scroll">{ for valid.iter().map(row) }</div>
            </section>
            if !out.is_empty() {
                <section class="card list">
                    <header>
                        <h2>{ texts::revoked() }</h2>
                        <span class="soft">{ texts::count(out.len()) }</span>
                    </header>
                    <div class="scroll">{ for out.iter().map(row) }</div>
                </section>
            }
        </div>
    }
}

/// A one-time code for a new computer, or one more person at one that is there.
#[component]
fn GiveCode() -> Html {
    let here = use_here();
    let units = use_answer(Some(ask::Units {}));
    let chosen = use_state_eq(|| None::<UnitCode>);
    let given = use_state_eq(|| None::<CodeView>);
    let failure = use_state_eq(|| None::<Failure>);
    let open: Vec<_> =
        units.data.iter().flat_map(|units| units.iter()).filter(|unit| !unit.ended).cloned().collect();
    let unit = (*chosen).or_else(|| open.first().map(|unit| unit.code));
    let onchange = {
        let (chosen, given) = (chosen.clone(), given.clone());
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            given.set(None);
            chosen.set(select.value().parse().ok());
        })
    };
    let onsubmit = {
        let (here, given, failure) = (here.clone(), given.clone(), failure.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(unit) = unit else { return };
            let (given, failure) = (given.clone(), failure.clone());
            here.act(IssueCode { unit, roles: Vec::new() }, move |outcome| {
                failure.set(outcome.as_ref().err().cloned());
                given.set(outcome.ok());
            });
        })
    };
    html! {
        <section class="card list give-code">
            <header><h2>{ texts::code() }</h2><span class="soft">{ texts::code_for() }</span></header>
            <form class="revoke" {onsubmit}>
                <div class="row">
                    <label for="code-unit">{ texts::which_unit() }</label>
                    <select id="code-unit" class="input small" {onchange}>
                        { for open.iter().map(|each| html! {
                            <option value={each.code.to_string()} selected={unit == Some(each.code)}>{ &each.short_name }</option>
                        }) }
                    </select>
                    <button class="button" disabled={unit.is_none()}>{ texts::ask_for_code() }</button>
                </div>
                <Trouble failure={(*failure).clone()} />
                if let Some(given) = &*given {
                    <p class="code" aria-live="polite">{ &given.code }</p>
                    <p class="dense note-box">
                        { texts::code_says(&given.unit_name, &words::moment(given.expires, here.desk.today),
                            &given.roles.join(texts::list_comma())) }
                    </p>
                }
            </form>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct DeviceProps {
    device: DeviceView,
    /// What can be done with it is shown.
    open: bool,
    choose: Callback<bool>,
}

#[component]
fn Device(DeviceProps { device, open, choose }: &DeviceProps) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let toggle = {
        let (choose, open) = (choose.clone(), *open);
        Callback::from(move |_: MouseEvent| choose.emit(!open))
    };
    let heard = match device.received_last {
        Some(at) => texts::county_heard(&words::moment(at, today)),
        None => texts::county_never().to_owned(),
    };
    html! {
        <div class="pair" data-device={device.device.to_string()}>
            <div class="row">
                <Icon name="laptop" />
                <b>{ &device.name }</b>
                <span>{ &device.unit_name }</span>
                <span class="soft">{ texts::tag(&device.tag) }</span>
                if device.here { <span class="chip">{ texts::this_one() }</span> }
                <span class="spring" />
                <span class="soft">{ heard }</span>
                if !device.here {
                    <button class="button small toggle" aria-expanded={open.to_string()} onclick={toggle}>
                        { if device.revoked.is_some() { texts::look() } else { texts::revoke_it() } }
                    </button>
                }
            </div>
            if let Some(revoked) = &device.revoked {
                <p class="dense doubt-box">
                    { texts::revoked_by(&words::moment(revoked.at, today), words::named(&revoked.by)) }{ &revoked.says }
                </p>
            }
            if *open {
                <Breach device={device.clone()} />
                if device.revoked.is_none() { <Revoke device={device.clone()} /> }
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    device: DeviceView,
}

#[component]
fn Revoke(OneProps { device }: &OneProps) -> Html {
    let here = use_here();
    let ground = use_state_eq(|| Ground::Stolen);
    let since = use_state_eq(String::new);
    let sure = use_state_eq(|| false);
    let at = read_moment(&since, here.desk.today);
    let wrong = !since.trim().is_empty() && at.is_none();
    let grounds = Ground::ALL.iter().copied().map(|each| {
        let checked = *ground == each;
        let ground = ground.clone();
        let onchange = Callback::from(move |_: Event| ground.set(each));
        html! {
            <label class="check">
                <input type="radio" name="ground" value={each.as_str()} {checked} {onchange} />{ each.zh() }
            </label>
        }
    });
    let oninput = {
        let since = since.clone();
        Callback::from(move |event: InputEvent| since.set(dom::value(&event)))
    };
    let onsubmit = {
        let (here, sure, name, id, ground) =
            (here.clone(), sure.clone(), device.name.clone(), device.device, *ground);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if wrong {
                return;
            }
            if !*sure {
                sure.set(true);
                return;
            }
            let (tell, done) = (here.tell.clone(), texts::was_revoked(&name));
            here.act(RevokeDevice { device: id, ground, since: at }, move |outcome| {
                if outcome.is_ok() {
                    tell.emit(Told::Done(done));
                }
            });
        })
    };
    html! {
        <form class="revoke" {onsubmit}>
            <div class="row" role="radiogroup" aria-label={texts::why()}><b>{ texts::why_colon() }</b>{ for grounds }</div>
            <div class="row">
                <label for="since">{ texts::since() }</label>
                <span class="input small"><input id="since" value={(*since).clone()} {oninput} autocomplete="off"
                    placeholder={texts::since_hint()} aria-invalid={wrong.to_string()} /></span>
                if let Some(at) = at { <span class="soft">{ words::moment(at, here.desk.today) }</span> }
                if wrong { <span class="wrong">{ texts::unreadable_time() }</span> }
            </div>
            <p class="says"><Icon name="info" /><span>
                { texts::revoking_explained() }
            </span></p>
            <div class="row">
                <button class="button danger confirm-revoke">{ if *sure { texts::surely() } else { texts::revoke() } }</button>
            </div>
        </form>
    }
}

/// A time of day, today's or a named day's: the latest one that isn't in the future is meant.
fn read_moment(text: &str, today: jiff::civil::Date) -> Option<Instant> {
    // ： and 点 between hours and minutes, 月 and 日 behind month and day.
    let text = text.trim().replace(['\u{ff1a}', '\u{70b9}'], ":");
    let text = text.replace(['\u{6708}', '/', '.'], "-").replace('\u{65e5}', " ");
    let (day, time) = match text.rsplit_once(' ') {
        Some((day, time)) => (day.trim(), time),
        None => ("", text.as_str()),
    };
    let (hour, minute) = time.split_once(':')?;
    let minute = if minute.is_empty() { "0" } else { minute };
    let (hour, minute): (i8, i8) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    let date = if day.is_empty() {
        today
    } else {
        let (month, day) = day.rsplit_once('-')?;
        let (year, month) = month.rsplit_once('-').unwrap_or(("", month));
        let year = if year.is_empty() { today.year() } else { year.parse().ok()? };
        jiff::civil::Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?
    };
    format!("{date}T{hour:02}:{minute:02}:00+08:00").parse().ok()
}

#[component]
fn Breach(OneProps { device }: &OneProps) -> Html {
    let breach = use_answer(Some(ask::Breach { device: device.device }));
    html! {
        <>
            <Trouble failure={breach.failure.clone()} />
            if let Some(breach) = breach.data { <BreachFacts {breach} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct BreachProps {
    breach: Rc<BreachView>,
}

#[component]
fn BreachFacts(BreachProps { breach }: &BreachProps) -> Html {
    html! {
        <p class="dense note-box breach">
            { &breach.says }{ texts::touched(&breach.kinds.join(texts::list_comma()), &breach.device.device.to_string()) }
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct HeldProps {
    held: Rc<Vec<HeldView>>,
}

#[component]
fn Held(HeldProps { held }: &HeldProps) -> Html {
    let waiting = held.iter().filter(|one| one.accepted.is_none()).count();
    html! {
        <section class="card list held">
            <header>
                <h2>{ texts::held() }</h2>
                <span class="soft">{ texts::held_count(waiting, held.len()) }</span>
            </header>
            <div class="scroll">
                { for held.iter().map(|one| html! { <HeldOne key={one.document.to_string()} one={one.clone()} /> }) }
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct HeldOneProps {
    one: HeldView,
}

#[component]
fn HeldOne(HeldOneProps { one }: &HeldOneProps) -> Html {
    let here = use_here();
    let say = |accept: bool| {
        let (here, document) = (here.clone(), one.document);
        Callback::from(move |_: MouseEvent| {
            let (tell, done) =
                (here.tell.clone(), if accept { texts::was_accepted() } else { texts::was_refused() });
            here.act(ReviewHeld { document, accept }, move |outcome| {
                if outcome.is_ok() {
                    tell.emit(Told::Done(done.to_owned()));
                }
            });
        })
    };
    let open = {
        let (here, case_no) = (here.clone(), AttrValue::from(one.number.clone()));
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    let state = match (one.accepted, one.unknown) {
        (Some(true), _) => texts::accepted(),
        (Some(false), _) => texts::refused(),
        (None, true) => texts::only_here(),
        (None, false) if one.built_on => texts::built_on(),
        (None, false) => texts::waits(),
    };
    html! {
        <div class="pair" data-held={one.number.clone()}>
            <div class="row">
                <b>{ &one.kind }{ "\u{3000}" }{ &one.number }</b>
                <span>{ &one.item_name }</span>
                if !one.applicant_name.is_empty() { <span>{ &one.applicant_name }</span> }
                <span class="chip mark">{ state }</span>
                <span class="spring" />
                <span class="soft">{ texts::unit_and_device(&one.unit_name, &one.device) }</span>
            </div>
            <ul class="dense">
                { for one.entries.iter().map(|entry| html! {
                    <li>{ format!("{}\u{3000}{}\u{3000}{}", words::moment(entry.at, here.desk.today), words::named(&entry.by), entry.says) }</li>
                }) }
            </ul>
            <div class="row">
                if one.accepted != Some(true) {
                    <button class="button small accept" onclick={say(true)}>{ texts::accept() }</button>
                    if one.accepted.is_none() {
                        <button class="button small refuse" onclick={say(false)}>{ texts::refuse() }</button>
                    }
                }
                if !one.unknown && !one.number.is_empty() {
                    <button class="plain" onclick={open}>{ texts::open_case() }</button>
                }
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        let today = date(2026, 3, 5);
        for (text, expected) in [
            ("18:00", Some("2026-03-05T18:00:00+08:00")),
            ("8：05", Some("2026-03-05T08:05:00+08:00")),
            ("8点", Some("2026-03-05T08:00:00+08:00")),
            ("3-4 18:00", Some("2026-03-04T18:00:00+08:00")),
            ("3月4日 18:00", Some("2026-03-04T18:00:00+08:00")),
            ("2025-12-31 9:30", Some("2025-12-31T09:30:00+08:00")),
            ("", None),
            ("昨天", None),
            ("25:00", None),
        ] {
            assert_eq!(read_moment(text, today), expected.map(|text| text.parse().unwrap()), "{text}");
        }
    }
}
