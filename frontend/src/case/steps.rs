//! Where a case stands on its way, and whose turn it is.

use super::Props;
use crate::{texts::case as texts, words};
use daiban_contract::view::CaseView;
use daiban_domain::case::State;
use yew::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Past,
    Now,
    Ahead,
}

#[derive(Debug, PartialEq, Eq)]
struct Step {
    name: &'static str,
    stand: Stand,
    /// When it was done, or by when it should be.
    when: Option<String>,
}

/// What a step is called.
type Name = fn() -> &'static str;

/// The ordinary way, each step with the events that take it.
const WAY: [(Name, &[&str]); 8] = [
    (texts::registered, &["submit"]),
    (texts::handed_over, &["handOver"]),
    (texts::received, &["receive", "directReceive", "supplement"]),
    (texts::accepted, &["accept", "tolerantAccept"]),
    (texts::reviewed, &["startReview"]),
    (texts::decided, &["approve", "reject"]),
    (texts::closed, &["close"]),
    (texts::delivered, &["deliver"]),
];

/// How many steps of the way lie behind a state; `None` for states off the way.
fn behind(state: State) -> Option<usize> {
    Some(match state {
        State::Draft => 0,
        State::Registered => 1,
        State::InTransit => 2,
        State::Received | State::AwaitSupplement => 3,
        State::Accepted | State::InReview | State::Forwarded => 4,
        State::PendingDecision => 5,
        State::Approved | State::Rejected => 6,
        State::Closed => 7,
        State::Delivered | State::Archived => 8,
        State::NotAccepted | State::Withdrawn | State::Terminated | State::Transferred | State::Void => {
            return None;
        }
    })
}

fn steps(case: &CaseView) -> Vec<Step> {
    let done = |kinds: &[&str]| {
        let mut counted =
            case.events.iter().filter(|event| !event.contested && kinds.contains(&event.kind.as_str()));
        counted.next_back().map(|event| words::day(event.on))
    };
    let promised = case.deadlines.iter().find(|deadline| deadline.name == "promise" && deadline.running);
    let all = WAY.iter().map(|(name, kinds)| (name(), *kinds, done(kinds)));
    let Some(behind) = behind(case.state) else {
        let past = all.filter(|(.., when)| when.is_some());
        let past = past.map(|(name, _, when)| Step { name, stand: Stand::Past, when });
        let ended = case.events.iter().rev().find(|event| event.state == Some(case.state));
        let ended =
            Step { name: case.state.zh(), stand: Stand::Now, when: ended.map(|event| words::day(event.on)) };
        return past.chain([ended]).collect();
    };
    let steps = all.enumerate().filter_map(|(i, (name, kinds, when))| match i.cmp(&behind) {
        // A walk-in was neither registered in a village nor handed over; an item decided on the spot has no review.
        std::cmp::Ordering::Less => when.is_some().then_some(Step { name, stand: Stand::Past, when }),
        std::cmp::Ordering::Equal => Some(Step { name, stand: Stand::Now, when }),
        std::cmp::Ordering::Greater if kinds == ["close"] => {
            let when = promised.map(|deadline| texts::before(&words::day(deadline.due)));
            Some(Step { name, stand: Stand::Ahead, when })
        }
        std::cmp::Ordering::Greater => Some(Step { name, stand: Stand::Ahead, when: None }),
    });
    steps.collect()
}

#[component]
pub fn Steps(Props { case }: &Props) -> Html {
    html! {
        <ol class="steps">
            { for steps(case).into_iter().map(|step| html! {
                <li class={(step.stand == Stand::Past).then_some("past")}
                    aria-current={(step.stand == Stand::Now).then_some("step")}>
                    { step.name }<small>{ step.when }</small>
                </li>
            }) }
        </ol>
    }
}

/// Whose turn it is.
pub fn waits_for(state: State) -> &'static str {
    match state {
        State::Draft | State::Registered => texts::wait_hand_over(),
        State::InTransit => texts::wait_receive(),
        State::Received => texts::wait_accept(),
        State::AwaitSupplement => texts::wait_supplement(),
        State::Accepted | State::InReview => texts::in_review(),
        State::Forwarded => texts::wait_above(),
        State::PendingDecision => texts::wait_decision(),
        State::Approved | State::Rejected => texts::wait_result(),
        State::Closed | State::NotAccepted => texts::wait_delivery(),
        State::Delivered => texts::was_delivered(),
        State::Archived => texts::archived(),
        State::Withdrawn | State::Terminated | State::Transferred | State::Void => texts::ended(),
    }
}

/// What is special about the case, in words.
#[component]
pub fn Marks(Props { case }: &Props) -> Html {
    html! {
        <>
            <span class="chip mark">{ &case.handling_type_name }</span>
            if case.deemed_accepted {
                if case.deemed_accepted_unheard.is_empty() {
                    <span class="chip mark">{ texts::deemed() }</span>
                } else {
                    <span class="chip doubt" title={case.deemed_accepted_unheard.clone()}>{ texts::maybe_deemed() }</span>
                }
            }
            if !case.spot.is_empty() { <span class="chip mark">{ &case.spot }</span> }
            if !case.goes_on_from.is_empty() {
                <span class="chip mark">{ texts::from(&case.goes_on_from) }</span>
            }
            { for case.goes_on_in.iter().map(|next| html! { <span class="chip mark">{ texts::into(next) }</span> }) }
            if !case.duplicates.is_empty() { <span class="chip doubt">{ texts::twice() }</span> }
            if !case.conflicts.is_empty() { <span class="chip doubt">{ texts::two_sides() }</span> }
            if case.contested { <span class="chip doubt">{ texts::not_counted() }</span> }
            if !case.set_aside.is_empty() { <span class="chip doubt">{ &case.set_aside }</span> }
            if case.incomplete { <span class="chip doubt">{ texts::newer() }</span> }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn case(state: &str, events: &[(&str, &str, bool)]) -> CaseView {
        let events = events.iter().enumerate().map(|(i, (kind, on, contested))| {
            json!({
                "id": format!("{i:016x}"), "kind": kind, "name": kind, "at": format!("{on}T09:00:00+08:00"), "on": on,
                "by": "李秀兰", "role": "AGENT", "unit": "621099100201", "unitName": "上塬村", "device": "1号本",
                "contested": contested, "contestedWhy": "", "state": null, "says": "", "payload": {},
            })
        });
        let case = json!({
            "caseNo": "1", "unit": "621099100201", "unitName": "上塬村", "state": state, "stateName": "", "itemId": "I002",
            "itemName": "", "itemVersion": 1, "handlingTypeName": "承诺件", "channel": "PROXY",
            "registeredOn": "2026-09-11", "applicant": {}, "correctable": [], "fields": [], "materials": [],
            "events": events.collect::<Vec<_>>(), "conflicts": [], "offers": [], "forms": [], "papers": [],
            "deadlines": [{
                "name": "promise", "label": "承诺办结", "due": "2026-10-12", "provisional": false, "running": true,
                "light": "BLUE", "says": "", "why": "",
            }],
            "reach": "HERE", "countyReceipt": false, "contested": false, "incomplete": false, "deemedAccepted": false,
            "warnings": [],
        });
        serde_json::from_value(case).expect("the sample has the contract's shape")
    }

    /// e.g. `登记9月11日 [移交] 收件 …`
    fn told(case: &CaseView) -> String {
        let told = steps(case).into_iter().map(|step| {
            let when = step.when.unwrap_or_default();
            match step.stand {
                Stand::Past => format!("{}{when}", step.name),
                Stand::Now => format!("[{}{when}]", step.name),
                Stand::Ahead => format!("({}{when})", step.name),
            }
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_way_is_told_by_state_and_events() {
        let submit = ("submit", "2026-09-11", false);
        let hand_over = ("handOver", "2026-09-14", false);
        for (name, case, expected) in [
            (
                "just registered",
                case("REGISTERED", &[submit]),
                "登记9月11日 [移交] (收件) (受理) (审查) (审批) (办结10月12日前) (送达)",
            ),
            (
                "a contested repeat does not move the date",
                case("IN_TRANSIT", &[submit, hand_over, ("handOver", "2026-09-16", true)]),
                "登记9月11日 移交9月14日 [收件] (受理) (审查) (审批) (办结10月12日前) (送达)",
            ),
            (
                "a walk-in starts at the window",
                case("RECEIVED", &[("directReceive", "2026-09-14", false)]),
                "收件9月14日 [受理] (审查) (审批) (办结10月12日前) (送达)",
            ),
            (
                "withdrawn: what was done, and the end",
                case("WITHDRAWN", &[submit, ("withdraw", "2026-09-15", false)]),
                "登记9月11日 [已撤回]",
            ),
        ] {
            assert_eq!(told(&case), expected, "{name}");
        }
    }

    #[test]
    fn every_state_says_whose_turn_it_is() {
        for state in State::ALL {
            assert!(!waits_for(state).is_empty(), "{state}");
            assert!(behind(state).is_none_or(|behind| behind <= WAY.len()), "{state}");
        }
    }
}
