//! Where the records lie, by the receipts of those who hold them.

use crate::{live::use_here, texts::sync as texts, widgets::Icon, words};
use daiban_contract::view::SyncView;
use daiban_domain::{Instant, Level};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub view: Rc<SyncView>,
}

/// This machine, the township where a village has one, the county.
#[component]
pub fn Stations(Props { view }: &Props) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let receipt = |at: Option<Instant>, none: &str| {
        at.map_or_else(|| none.to_owned(), |at| texts::receipt(&words::moment(at, today)))
    };
    let only_here = view.pending_cases - view.cases_at_township.min(view.pending_cases);
    let left = match (only_here, view.pending) {
        (0, 0) => texts::all_gone().to_owned(),
        (0, _) if view.cases_at_township > 0 => texts::all_at_township().to_owned(),
        (0, pending) => texts::entries_left(pending),
        (cases, _) => texts::cases_left(cases),
    };
    let township = here.desk.above.first().filter(|_| here.is(Level::Village));
    let way = match (view.township_word, view.relay.is_empty()) {
        (Some(_), _) => texts::worked_last(),
        (None, false) => texts::not_used(),
        (None, true) => texts::not_set(),
    };
    let (cut, line) = match (view.last_failure.is_some(), view.last_receipt.is_some()) {
        (true, _) => (true, texts::not_connected_last()),
        (false, true) => (false, texts::connected_last()),
        (false, false) => (true, texts::never_connected()),
    };
    html! {
        <div class="stations">
            <Station icon="laptop" id="cases-here" says={texts::this_machine()} count={view.cases} under={left} />
            if let Some(township) = township {
                <Link cut={view.township_word.is_none()} says={way} />
                <Station icon="building-2" id="cases-at-township" says={texts::only_at(&township.name)}
                    count={view.cases_at_township} under={receipt(view.township_word, texts::no_receipt())} />
            }
            <Link {cut} says={line} />
            <Station icon="landmark" id="cases-at-county" says={texts::at_county()} count={view.cases_at_county}
                under={receipt(view.last_receipt, texts::no_receipt())} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct StationProps {
    icon: AttrValue,
    id: AttrValue,
    says: AttrValue,
    count: u64,
    under: AttrValue,
}

#[component]
fn Station(StationProps { icon, id, says, count, under }: &StationProps) -> Html {
    html! {
        <div class="station">
            <Icon name={icon.clone()} />
            <div>
                <p class="dense soft">{ says }</p>
                <p><strong id={id.clone()}>{ *count }</strong>{ texts::cases() }</p>
                <p class="dense soft">{ under }</p>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LinkProps {
    cut: bool,
    says: AttrValue,
}

#[component]
fn Link(LinkProps { cut, says }: &LinkProps) -> Html {
    html! { <div class={classes!("link", cut.then_some("cut"))}><span>{ says }</span></div> }
}
