//! The case that is marked in the list: what one acts on, without leaving the list.

use crate::{
    case::{ApplicantCard, Clocks, Marks, MaterialsCard, Offers, PapersCard, PhotosCard, Story, waits_for},
    dom,
    keys::use_page_keys,
    live::{use_answer, use_here},
    place::{Page, Step},
    texts::cases as texts,
    widgets::{Reach, SidePanel, Tabs, Trouble},
    words,
};
use daiban_contract::ask;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// A mark that goes on sooner than this, in ms, is only passing by: the case it was on isn't asked for.
const RESTING_MS: u32 = 90;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case_no: Option<AttrValue>,
}

#[component]
pub fn Panel(Props { case_no }: &Props) -> Html {
    let here = use_here();
    let view = use_state_eq(|| "case");
    let on_view = {
        let view = view.clone();
        Callback::from(move |chosen| view.set(chosen))
    };
    let rested = use_rested(case_no.clone());
    let case = use_answer(rested.map(|case_no| ask::Case { case_no: case_no.to_string() }));
    let arrived = case.data.as_ref().is_some_and(|case| Some(case.case_no.as_str()) == case_no.as_deref());
    // Enter goes into the panel, if need be as soon as it has caught up with the mark. The step itself is the next Enter.
    let entering = use_mut_ref(|| false);
    {
        let (entering, covered) = (entering.clone(), here.covered);
        use_page_keys(move |event| {
            let searching = dom::target_id(event.target()) == "search";
            let typing = dom::takes_text(event.target()) && !searching;
            let enters = event.key() == "Enter" && (searching || !dom::takes_enter(event.target()));
            let enters = enters && !covered && !typing;
            *entering.borrow_mut() = enters && !arrived;
            enters && (!arrived || enter())
        });
    }
    use_effect_with((case_no.clone(), arrived), move |(_, arrived)| {
        if *arrived && entering.replace(false) {
            enter();
        }
    });
    let Some(shown) = case.data.clone().filter(|_| arrived || case_no.is_some() && case.failure.is_none())
    else {
        return html! {
            <aside class="panel" aria-label={texts::chosen()}><Trouble failure={case.failure.clone()} /></aside>
        };
    };
    let open = {
        let case_no = AttrValue::from(shown.case_no.clone());
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    let marks = html! { <span class="chip state">{ &shown.state_name }</span> };
    let ways = html! {
        <button id="open-case" class="button small quiet" onclick={open}>{ texts::full_page() }<kbd>{ "O" }</kbd></button>
    };
    let about = html! {
        <>
            <p>{ &shown.item_name }</p>
            <p class="small faint">{ &shown.case_no }</p>
            <p class="row wrap"><Reach at={shown.reach} /><Marks case={shown.clone()} /></p>
        </>
    };
    let foot = (!shown.offers.is_empty()).then(|| html! { <Offers case={shown.clone()} /> });
    html! {
        // Nothing that was begun on one case stays on the next.
        <SidePanel key={shown.case_no.clone()} label={texts::chosen()} case={shown.case_no.clone()} state={shown.state.as_str()}
            behind={!arrived} title={words::named(&shown.applicant.name).to_owned()} {marks} {ways} {about} {foot}>
            <Tabs id="panel-view" label={texts::chosen()} tabs={vec![("case", texts::label().into()), ("story", texts::story().into())]}
                chosen={*view} on_choose={on_view}>
                if *view == "story" {
                    <section><Story case={shown.clone()} /></section>
                } else {
                    <section><p class="dense soft">{ waits_for(shown.state) }</p><Clocks case={shown.clone()} /></section>
                    <ApplicantCard case={shown.clone()} />
                    <MaterialsCard case={shown.clone()} />
                    <PhotosCard case={shown.clone()} />
                    <PapersCard case={shown.clone()} />
                }
            </Tabs>
        </SidePanel>
    }
}

fn enter() -> bool {
    dom::focus(".panel .primary") || dom::focus(".panel button")
}

/// The case that the mark rests on: a single step at once, one of many only when they end.
#[hook]
fn use_rested(case_no: Option<AttrValue>) -> Option<AttrValue> {
    let rested = use_state_eq(|| case_no.clone());
    let before = use_mut_ref(|| f64::NEG_INFINITY);
    let shown = (*rested).clone();
    use_effect_with(case_no, move |case_no| {
        let (case_no, now) = (case_no.clone(), js_sys::Date::now());
        let passing = now - before.replace(now) < f64::from(RESTING_MS);
        let timer = if passing {
            Some(Timeout::new(RESTING_MS, move || rested.set(case_no)))
        } else {
            rested.set(case_no);
            None
        };
        move || drop(timer)
    });
    shown
}
