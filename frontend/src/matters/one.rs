//! One matter: what it is, by when, what was done, and what may be done next.

use super::acts::{Asks, Question, payload, questions};
use crate::{
    dom,
    live::{Told, use_answer, use_here},
    place::{Page, Step},
    texts::matters as texts,
    widgets::{Light, PaperButton, Reach, Trouble},
    words,
};
use daiban_contract::{
    act::{ActOnMatter, PaperOf},
    ask,
    view::{MatterActView, MatterOfferView, MatterView},
};
use jiff::civil::Date;
use std::{collections::BTreeMap, rc::Rc};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub matter_no: AttrValue,
}

#[component]
pub fn MatterPanel(Props { matter_no }: &Props) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let answer = use_answer(Some(ask::Matter { matter_no: matter_no.to_string() }));
    let shown = answer.data.filter(|matter| matter.matter_no == matter_no.as_str());
    let Some(matter) = shown else {
        return html! { <section class="card list"><Trouble failure={answer.failure.clone()} /></section> };
    };
    let owner = if matter.owner.is_empty() {
        texts::nobody_yet(&matter.owner_unit_name)
    } else {
        format!("{} {}", matter.owner_unit_name, matter.owner)
    };
    let asker = [matter.asker_name.as_str(), &matter.asker_phone];
    let asker = asker.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\u{3000}");
    let to_case = {
        let (here, case_no) = (here.clone(), AttrValue::from(matter.case_no.clone()));
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    html! {
        <section id="matter" class="card list" data-matter={matter.matter_no.clone()} data-state={matter.state.clone()}>
            <header>
                <h2>{ &matter.kind_name }</h2><span class="chip state">{ &matter.state_name }</span>
                <span class="spring" /><Reach at={matter.reach} />
            </header>
            <div class="body scroll stack" tabindex="0">
                <Trouble failure={answer.failure.clone()} />
                <p>
                    <span class="strong"><Light light={Some(matter.light)} says={matter.light_says.clone()} /></span>
                    <span class="under small soft">
                        { words::day(matter.due) }if matter.provisional { { texts::provisional() } }{ "\u{3000}" }{ &matter.why }
                    </span>
                </p>
                <p class="matter-text">{ &matter.text }</p>
                <dl class="facts">
                    <dt>{ texts::asked() }</dt>
                    <dd>{ format!("{} {}", words::near_day(matter.asked_on, today), matter.channel_name) }{ "\u{3000}" }{ asker }</dd>
                    if !matter.ticket_no.is_empty() { <dt>{ texts::ticket() }</dt><dd>{ &matter.ticket_no }</dd> }
                    if !matter.first_contact.is_empty() {
                        <dt>{ texts::first_contact() }</dt><dd>{ &matter.first_contact }</dd>
                    }
                    <dt>{ texts::in_charge() }</dt><dd>{ owner }</dd>
                    if !matter.case_no.is_empty() {
                        <dt>{ texts::about_case() }</dt>
                        <dd><button class="plain" onclick={to_case}>{ &matter.case_no }</button></dd>
                    }
                    if let Some(rating) = &matter.rating {
                        <dt>{ texts::rating() }</dt>
                        <dd>{ &rating.says }if !rating.text.is_empty() { <p>{ &rating.text }</p> }</dd>
                    }
                    if !matter.wrong_guide.is_empty() { <dt /><dd>{ &matter.wrong_guide }</dd> }
                </dl>
                if !matter.set_aside.is_empty() { <p class="doubt-box">{ &matter.set_aside }</p> }
                { answers(&matter, today) }
                if !matter.acts.is_empty() {
                    <section>
                        <h3>{ texts::story() }</h3>
                        <ol class="story">{ for matter.acts.iter().rev().map(|act| told(act, today)) }</ol>
                    </section>
                }
            </div>
            <footer>
                if !matter.forms.is_empty() {
                    <PaperButton id="print-visit" says={texts::print_visit()} of={PaperOf::Visit { matter_no: matter.matter_no.clone() }} />
                }
                <Offers key={format!("{} {}", matter.matter_no, matter.state)} matter={matter.clone()} />
            </footer>
        </section>
    }
}

fn answers(matter: &MatterView, today: Date) -> Html {
    if matter.answers.is_empty() {
        return html! {};
    }
    html! {
        <section>
            <h3>{ texts::answers() }</h3>
            { for matter.answers.iter().map(|answer| html! {
                <p class="note-box">
                    { &answer.text }
                    <span class="under small soft">
                        { format!("{} {}", words::near_day(answer.on, today), answer.by) }
                        { match answer.direct {
                            Some(true) => format!("\u{3000}{}", texts::direct()),
                            Some(false) => format!("\u{3000}{}", texts::not_direct()),
                            None => String::new(),
                        } }
                    </span>
                </p>
            }) }
        </section>
    }
}

fn told(act: &MatterActView, today: Date) -> Html {
    html! {
        <li key={act.id.to_string()} class={act.contested.then_some("contested")} data-kind={act.event.clone()}>
            <time>{ words::moment(act.at, today) }</time>
            <div class={act.contested.then_some("doubt-box")}>
                <p>
                    if act.contested { <b>{ texts::contested() }</b> }
                    <b>{ &act.name }</b>if !act.says.is_empty() { { "\u{3000}" }{ &act.says } }
                </p>
                <p class="small faint">{ format!("{} {}", act.unit_name, act.by) }{ words::doubt(act.time_doubtful) }</p>
                if act.contested { <p class="small">{ &act.contested_why }</p> }
            </div>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct OffersProps {
    matter: Rc<MatterView>,
}

#[component]
fn Offers(OffersProps { matter }: &OffersProps) -> Html {
    let here = use_here();
    let open = use_state_eq(|| None::<String>);
    let busy = use_state_eq(|| false);
    let rated = matter.rating.is_some() && !matter.case_no.is_empty();
    let case = use_answer(rated.then(|| ask::Case { case_no: matter.case_no.clone() }));
    let item = case.data.as_ref().map(|case| case.item_id.clone()).unwrap_or_default();
    let units: Vec<_> = here.desk.above.iter().chain(&here.desk.units).cloned().collect();
    let act = {
        let (here, open, busy, matter_no) =
            (here.clone(), open.clone(), busy.clone(), matter.matter_no.clone());
        Callback::from(
            move |(offer, payload): (MatterOfferView, serde_json::Map<String, serde_json::Value>)| {
                if *busy {
                    return;
                }
                busy.set(true);
                let request = ActOnMatter {
                    matter_no: matter_no.clone(),
                    event: offer.event.clone(),
                    payload: Some(payload),
                };
                let (tell, open, busy) = (here.tell.clone(), open.clone(), busy.clone());
                here.act(request, move |outcome| {
                    busy.set(false);
                    if outcome.is_ok() {
                        open.set(None);
                        tell.emit(Told::Done(texts::done(&offer.name)));
                    }
                });
            },
        )
    };
    let asked = open.as_ref().and_then(|event| matter.offers.iter().find(|offer| offer.event == *event));
    if let Some(offer) = asked {
        let asks = questions(&offer.event, matter, &units, &item);
        let on_said = {
            let (act, offer) = (act.clone(), offer.clone());
            Callback::from(move |payload| act.emit((offer.clone(), payload)))
        };
        let close = Callback::from(move |()| open.set(None));
        return html! { <Ask key={offer.event.clone()} offer={offer.clone()} {asks} {on_said} {close} busy={*busy} /> };
    }
    html! {
        <div class="offers"><div class="actions">
            { for matter.offers.iter().enumerate().map(|(i, offer)| {
                let (act, open, offer) = (act.clone(), open.clone(), offer.clone());
                let asks = !questions(&offer.event, matter, &units, &item).is_empty();
                let event = offer.event.clone();
                let name = offer.name.clone();
                let onclick = Callback::from(move |_: MouseEvent| match asks {
                    true => open.set(Some(offer.event.clone())),
                    false => act.emit((offer.clone(), serde_json::Map::new())),
                });
                let usual = i == usual(&matter.offers);
                html! {
                    <button key={event.clone()} class={classes!("button", usual.then_some("primary"))} data-event={event}
                        {onclick} disabled={*busy}>{ name }</button>
                }
            }) }
        </div></div>
    }
}

/// The ordinary next step: an answer, then its check, then the end.
fn usual(offers: &[MatterOfferView]) -> usize {
    let at = |event: &str| offers.iter().position(|offer| offer.event == event);
    ["verify", "check", "close", "answer", "callBack"].into_iter().find_map(at).unwrap_or(usize::MAX)
}

#[derive(Properties, PartialEq)]
struct AskProps {
    offer: MatterOfferView,
    asks: Vec<Question>,
    on_said: Callback<serde_json::Map<String, serde_json::Value>>,
    close: Callback<()>,
    busy: bool,
}

#[component]
fn Ask(AskProps { offer, asks, on_said, close, busy }: &AskProps) -> Html {
    let typed = use_state_eq(BTreeMap::<&'static str, String>::new);
    let said = payload(asks, &typed);
    use_effect_with((), |()| {
        dom::focus("#matter-asked :is(input, select, textarea)");
    });
    let set = |key: &'static str| {
        let typed = typed.clone();
        Callback::from(move |text: String| {
            let mut next = (*typed).clone();
            next.insert(key, text);
            typed.set(next);
        })
    };
    let ready = said.is_some();
    let onsubmit = {
        let on_said = on_said.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            said.clone().into_iter().for_each(|said| on_said.emit(said));
        })
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                close.emit(());
            }
        })
    };
    let cancel = close.reform(|_: MouseEvent| ());
    html! {
        <form id="matter-asked" class="offers stack" {onsubmit} {onkeydown} data-asked={offer.event.clone()}>
            <h3>{ &offer.name }</h3>
            { for asks.iter().map(|question| {
                let value = typed.get(question.key).cloned().unwrap_or_default();
                field(question, value, set(question.key))
            }) }
            <div class="row">
                <button id="matter-confirm" class="button primary spring" disabled={!ready || *busy}>{ texts::confirm() }</button>
                <button type="button" class="button" onclick={cancel}>{ texts::cancel() }<kbd>{ "Esc" }</kbd></button>
            </div>
        </form>
    }
}

fn field(question: &Question, value: String, set: Callback<String>) -> Html {
    let id = format!("matter-{}", question.key);
    let typed = |set: Callback<String>| {
        Callback::from(move |event: InputEvent| {
            let area = event.target_dyn_into::<HtmlTextAreaElement>();
            set.emit(area.map_or_else(|| dom::value(&event), |area| area.value()));
        })
    };
    let checked = |set: Callback<String>, says: &'static str| {
        Callback::from(move |event: Event| {
            let on = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
            set.emit(if on { says.to_owned() } else { String::new() });
        })
    };
    let control = match &question.asks {
        Asks::ThisItem(_) => {
            return html! {
                <label class="choice">
                    <input {id} type="checkbox" checked={!value.is_empty()} onchange={checked(set, "true")} />{ question.label }
                </label>
            };
        }
        Asks::Words => {
            html! { <textarea id={id.clone()} class="input area" rows="3" {value} oninput={typed(set)} /> }
        }
        Asks::Days | Asks::Day => html! {
            <span class="input">
                <input id={id.clone()} {value} oninput={typed(set)} inputmode="numeric" autocomplete="off"
                    placeholder={if question.asks == Asks::Day { texts::day_like() } else { "" }} />
            </span>
        },
        Asks::Choice(choices) => {
            let onchange = Callback::from(move |event: Event| {
                let select = event.target_dyn_into::<HtmlSelectElement>();
                select.into_iter().for_each(|select| set.emit(select.value()));
            });
            html! {
                <select id={id.clone()} class="input" {onchange}>
                    <option value="" selected={value.is_empty()} />
                    { for choices.iter().map(|(one, says)| html! {
                        <option value={one.clone()} selected={*one == value}>{ says }</option>
                    }) }
                </select>
            }
        }
        Asks::YesNo(yes, no) => html! {
            <span class="choices" role="radiogroup" aria-label={question.label}>
                { for [("true", *yes), ("false", *no)].into_iter().map(|(one, says)| html! {
                    <label class="choice">
                        <input type="radio" id={format!("{id}-{one}")} name={id.clone()} checked={value == one}
                            onchange={checked(set.clone(), one)} />{ says }
                    </label>
                }) }
            </span>
        },
    };
    html! {
        <div class="field">
            if matches!(question.asks, Asks::YesNo(..)) {
                <span class="dense soft">{ question.label }</span>
            } else {
                <label for={id}>{ question.label }</label>
            }
            { control }
        </div>
    }
}
