//! 登记: what, who, which papers; one dense page that can be left at any moment.

use crate::{
    keys::use_page_keys,
    live::use_here,
    looks,
    record::{
        ApplicantCard, Draft, Edit, ExtraCard, MaterialsCard, Pick, Receipt, UnfinishedList, Wizard,
        use_keeping,
    },
    texts::record as texts,
    widgets::Icon,
};
use jiff::civil::Date;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft: Rc<Draft>,
    pub edit: Callback<Edit>,
}

#[component]
pub fn RecordPage(Props { draft, edit }: &Props) -> Html {
    let here = use_here();
    let saving = use_state_eq(|| false);
    let save = {
        let (here, edit, draft, saving) = (here.clone(), edit.clone(), draft.clone(), saving.clone());
        move || {
            // A second Ctrl+Enter while the first is on its way must not record the request twice.
            let Some(request) =
                draft.request(here.desk.today).filter(|_| !*saving && draft.recorded.is_none())
            else {
                return false;
            };
            saving.set(true);
            let (edit, saving) = (edit.clone(), saving.clone());
            here.act(request, move |result| {
                saving.set(false);
                if let Ok(recorded) = result {
                    edit.emit(Edit::Recorded(recorded));
                }
            });
            true
        }
    };
    let stepwise = use_state_eq(looks::stepwise);
    let keys = save.clone();
    let elsewhere = here.covered || *stepwise && draft.recorded.is_none();
    use_page_keys(move |event| !elsewhere && event.ctrl_key() && event.key() == "Enter" && keys());
    use_keeping(draft.clone(), *saving, edit.clone());
    let switch = {
        let stepwise = stepwise.clone();
        Callback::from(move |_: MouseEvent| {
            looks::set_stepwise(!*stepwise);
            stepwise.set(!*stepwise);
        })
    };
    // A saved request is done with once the person turns to something else.
    let leave = edit.clone();
    use_effect_with((), move |()| move || leave.emit(Edit::Next));

    if let Some(recorded) = &draft.recorded {
        return html! { <Receipt recorded={recorded.clone()} edit={edit.clone()} /> };
    }
    if *stepwise {
        let save = Callback::from(move |()| {
            save();
        });
        return html! {
            <Wizard draft={draft.clone()} edit={edit.clone()} gaps={gaps(draft, here.desk.today)} {save} saving={*saving}
                dense={switch} />
        };
    }
    let Some(item) = &draft.item else {
        return html! {
            <div class="page record-pick">
                <div class="head row">
                    <h1>{ texts::title() }</h1><span class="spring" />
                    <button id="stepwise" class="button small quiet" onclick={switch}>{ texts::stepwise() }</button>
                </div>
                <UnfinishedList at_hand={draft.id} edit={edit.clone()} />
                <Pick on_pick={edit.clone()} />
            </div>
        };
    };
    let other = edit.reform(|_: MouseEvent| Edit::OtherItem);
    let onclick = Callback::from(move |_: MouseEvent| {
        save();
    });
    html! {
        <div class="page record">
            <div class="head row">
                <h1>{ texts::title() }</h1><span id="item-name" class="soft clip">{ &item.name }</span>
                <span class="chip mark">{ &item.handling_type_name }</span>
                <button id="other-item" class="button small quiet" onclick={other}>{ texts::other_item() }</button>
                <span class="spring" />
                <button id="stepwise" class="button small quiet" onclick={switch}>{ texts::stepwise() }</button>
            </div>
            <ApplicantCard draft={draft.clone()} edit={edit.clone()} />
            <MaterialsCard draft={draft.clone()} edit={edit.clone()} />
            <ExtraCard draft={draft.clone()} edit={edit.clone()} />
            <div class="foot row">
                <p id="gaps" class="says spring"><Icon name="info" /><span>{ gaps(draft, here.desk.today) }</span></p>
                <button id="save" class="button primary" {onclick} disabled={*saving}>
                    { texts::save_only() }<kbd>{ "Ctrl Enter" }</kbd>
                </button>
            </div>
        </div>
    }
}

/// What is still open, and that it keeps nobody from saving.
fn gaps(draft: &Draft, today: Date) -> String {
    const NAMED: usize = 3;
    let named = |names: &[String]| {
        let more = if names.len() > NAMED { texts::and_more(names.len()) } else { String::new() };
        format!("{}{more}", names[..names.len().min(NAMED)].join(texts::listed()))
    };
    let missing: Vec<String> = draft.missing().iter().map(|material| material.name.clone()).collect();
    let blanks = draft.blanks(today);
    match (missing.is_empty(), blanks.is_empty()) {
        (true, true) => texts::complete().to_owned(),
        (true, false) => texts::blank(&named(&blanks)),
        (false, true) => texts::lacking(&named(&missing)),
        (false, false) => texts::blank_and_lacking(&named(&blanks), &named(&missing)),
    }
}
