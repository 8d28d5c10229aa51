//! What this desk may do next: the ordinary step solid, with its key on it.

use super::{
    notice::Notice,
    questions::{self, Payload, Questions},
    review::{review, to_look_at},
    supplement::Supplement,
};
use crate::{
    dom,
    keys::use_page_keys,
    live::{Told, use_answer, use_here},
    place::{Over, PaperIs, Step},
    texts::case as texts,
    widgets::Icon,
};
use daiban_contract::{
    act::Act,
    ask,
    view::{CaseView, OfferView},
};
use daiban_domain::{
    Level,
    case::review::{REVIEW, Reviewed},
};
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case: Rc<CaseView>,
    /// The act to begin with.
    #[prop_or_default]
    pub begin: Option<AttrValue>,
    /// Puts the focus on the ordinary step whenever the case has moved on.
    #[prop_or_default]
    pub eager: bool,
}

/// What must be known before the act is taken.
fn asks(event: &str) -> bool {
    matches!(event, "oneTimeNotice" | "supplement") || questions::asks(event)
}

/// A step on the way. Nobody is to end a case, or to stop its clock, by pressing Enter once too often.
fn onward(event: &str) -> bool {
    !matches!(
        event,
        "withdraw"
            | "reject"
            | "refuse"
            | "publicNoticeObjection"
            | "pause"
            | "extend"
            | "sendBack"
            | "returnToVillage"
            | "supplementExpired"
            | "stopBenefit"
            | "keepBenefit"
            | "urgentRelief"
            | REVIEW
    )
}

/// What an act says by itself.
fn said(case: &CaseView, event: &str) -> Option<Payload> {
    let said = Reviewed { acts: to_look_at(case), ..Reviewed::default() };
    if event == REVIEW { review(&case.case_no, &said).payload } else { None }
}

#[component]
pub fn Offers(Props { case, begin, eager }: &Props) -> Html {
    let here = use_here();
    // The act that is being asked about.
    let open = use_state_eq(|| None::<AttrValue>);
    let busy = use_state_eq(|| false);
    // The paper of a step lies over the page.
    let earned = use_mut_ref(|| false);
    let usual = case.offers.iter().position(|offer| offer.blocked.is_empty() && onward(&offer.event));

    let act = {
        let (here, case_no, busy, open) = (here.clone(), case.case_no.clone(), busy.clone(), open.clone());
        let over = earned.clone();
        Callback::from(move |(offer, payload): (OfferView, Option<Payload>)| {
            // A key held down must not take the step twice.
            if *busy {
                return;
            }
            busy.set(true);
            let request = Act { case_no: case_no.clone(), event: offer.event.clone(), payload, on: None };
            let (done, busy, open, over) = (here.clone(), busy.clone(), open.clone(), over.clone());
            here.act(request, move |result| {
                busy.set(false);
                let Ok(case) = result else { return };
                open.set(None);
                done.tell.emit(Told::Done(texts::recorded(&offer.name)));
                let earned = offer.form.filter(|form| case.forms.iter().any(|earned| earned.form == *form));
                if let Some(form) = earned {
                    over.replace(true);
                    let (case_no, form) = (case.case_no.into(), form.into());
                    done.go(Step::Open(Over::Paper(PaperIs::Case { case_no, form })));
                }
            });
        })
    };
    // What had the focus before the paper went with the step that was taken: the next one has it then.
    {
        let earned = earned.clone();
        use_effect_with(here.covered, move |covered| {
            let uncovered = !covered && earned.replace(false);
            // The page is inert until it is drawn without the sheet.
            let focus = uncovered.then(|| {
                Timeout::new(0, || _ = dom::focus(".offers .primary") || dom::focus(".page.case #back"))
            });
            move || drop(focus)
        });
    }
    let take = {
        let (act, open, case) = (act.clone(), open.clone(), case.clone());
        move |offer: OfferView| match asks(&offer.event) {
            true => open.set(Some(offer.event.into())),
            false => act.emit((offer.clone(), said(&case, &offer.event))),
        }
    };

    {
        let open = open.clone();
        use_effect_with((case.case_no.clone(), begin.clone()), move |(_, begin)| {
            open.set(begin.clone().filter(|event| asks(event)));
            if let Some(event) = begin {
                dom::focus(&format!("[data-event='{event}']"));
            }
        });
    }
    use_effect_with((case.case_no.clone(), case.state, *eager && begin.is_none()), |(_, _, eager)| {
        if *eager {
            dom::focus(".offers .primary");
        }
    });
    {
        let (open, covered, eager) = (open.clone(), here.covered, *eager);
        use_page_keys(move |event| {
            let key = event.key();
            if covered {
                return false;
            }
            if key == "Escape" && open.is_some() {
                open.set(None);
                return true;
            }
            if key == "Enter" && eager && !dom::takes_enter(event.target()) {
                return dom::focus(".offers .primary");
            }
            let digit = key.parse::<usize>().is_ok() && !event.ctrl_key() && !event.alt_key();
            digit && !dom::takes_text(event.target()) && dom::focus(&format!(".offers [data-key='{key}']"))
        });
    }

    let asked =
        open.as_ref().and_then(|event| case.offers.iter().find(|offer| offer.event == event.as_str()));
    if let Some(offer) = asked {
        let close = {
            let open = open.clone();
            Callback::from(move |()| open.set(None))
        };
        return html! {
            <Ask key={format!("{} {}", case.case_no, offer.event)} case={case.clone()} offer={offer.clone()} {act}
                {close} busy={*busy} />
        };
    }
    html! {
        <div class="offers">
            if let Some(offer) = usual.and_then(|i| case.offers.get(i)) {
                if !offer.says.is_empty() { <p class="dense soft">{ &offer.says }</p> }
            }
            <div class="actions">
                { for case.offers.iter().enumerate().map(|(i, offer)| {
                    let (take, chosen) = (take.clone(), offer.clone());
                    let onclick = Callback::from(move |_: MouseEvent| take(chosen.clone()));
                    let primary = usual == Some(i);
                    let key = (i + 1).to_string();
                    html! {
                        <button key={offer.event.clone()} class={classes!("button", primary.then_some("primary"))}
                            data-event={offer.event.clone()} data-key={key.clone()} {onclick}
                            disabled={!offer.blocked.is_empty() || *busy}>
                            { &offer.name }<kbd>{ if primary { "Enter".to_owned() } else { key } }</kbd>
                        </button>
                    }
                }) }
            </div>
            { for case.offers.iter().filter(|offer| !offer.blocked.is_empty()).map(|offer| html! {
                <p class="says" data-blocked={offer.event.clone()}>
                    <Icon name="info" /><span>{ texts::label_says(&offer.name, &offer.blocked) }</span>
                </p>
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AskProps {
    case: Rc<CaseView>,
    offer: OfferView,
    act: Callback<(OfferView, Option<Payload>)>,
    close: Callback<()>,
    busy: bool,
}

/// The few lines an act asks for, in the place of the buttons.
#[component]
fn Ask(AskProps { case, offer, act, close, busy }: &AskProps) -> Html {
    let here = use_here();
    let payload = use_state_eq(|| None::<Payload>);
    let closes = offer.event == "close";
    let item = use_answer(closes.then(|| ask::Item { item_id: case.item_id.clone() })).data;
    let result_name = item.map(|item| item.result_name.clone()).unwrap_or_default();
    let on_payload = {
        let payload = payload.clone();
        use_callback((), move |says: Option<Payload>, ()| payload.set(says))
    };
    use_effect_with((), |()| {
        if !dom::focus("#asked input") {
            dom::focus("#confirm");
        }
    });
    let onsubmit = {
        let (act, offer, payload) = (act.clone(), offer.clone(), payload.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(payload) = &*payload {
                act.emit((offer.clone(), Some(payload.clone())));
            }
        })
    };
    let cancel = close.reform(|_: MouseEvent| ());
    let event = AttrValue::from(offer.event.clone());
    html! {
        <form id="asked" class="offers stack" {onsubmit} data-asked={event.clone()}>
            <h2>{ &offer.name }</h2>
            { match offer.event.as_str() {
                "oneTimeNotice" => html! { <Notice case={case.clone()} {on_payload} /> },
                "supplement" => html! { <Supplement case={case.clone()} {on_payload} /> },
                _ => html! {
                    <Questions {event} case={case.clone()} {result_name} village={here.is(Level::Village)} {on_payload} />
                },
            } }
            <div class="row">
                <button id="confirm" class="button primary spring" disabled={payload.is_none() || *busy}>
                    { &offer.name }<kbd>{ "Enter" }</kbd>
                </button>
                <button type="button" class="button" onclick={cancel}>{ texts::not_now() }<kbd>{ "Esc" }</kbd></button>
            </div>
        </form>
    }
}
