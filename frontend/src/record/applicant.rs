//! Who asks: the papers that they have decide what is asked.

use crate::{
    dom,
    live::use_here,
    record::{
        Draft, Edit,
        draft::{NEWBORN, Who},
    },
    says::{self, Says},
    texts::record as texts,
    widgets::TextField,
};
use daiban_domain::check;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft: Rc<Draft>,
    pub edit: Callback<Edit>,
}

#[component]
pub fn ApplicantCard(Props { draft, edit }: &Props) -> Html {
    let today = use_here().desk.today;
    let who = &draft.applicant;
    let chosen = draft.item.is_some();
    use_effect_with(chosen, |chosen| {
        if *chosen {
            dom::focus("#name");
        }
    });
    let dot = edit.clone();
    // Names of several parts carry a · that few keyboards have.
    let dot = Callback::from(move |_: MouseEvent| {
        dom::insert_at_caret("name", "·").into_iter().for_each(|name| dot.emit(Edit::Name(name)));
    });
    let text = |id: &'static str, label: &'static str, part: Who, required: bool| {
        let says = says::applicant(part.path(), &who.id_type, part.of(who), today);
        html! {
            <TextField {id} {label} value={part.of(who).to_owned()} {required} {says}
                on_value={edit.reform(move |text| Edit::Who(part, text))} />
        }
    };
    let says = |path: &str, text: &str| match draft.registered(path) {
        true => Says::good(texts::from_register()),
        false => says::applicant(path, &who.id_type, text, today),
    };
    let organisation = who.organisation();
    let number = if organisation { texts::credit_code() } else { texts::document_no() };
    let number = if who.id_type == check::RESIDENT_CARD { texts::citizen_no() } else { number };
    html! {
        <section class="card list applicant">
            <header><h2>{ texts::applicant() }</h2></header>
            <div class="body scroll">
                <Kind draft={draft.clone()} edit={edit.clone()} />
                <TextField id="name" label={if organisation { texts::organisation() } else { texts::name() }} value={who.name.clone()}
                    on_value={edit.reform(Edit::Name)}
                    says={says::applicant("applicant.name", &who.id_type, &who.name, today)} required=true>
                    if !organisation {
                        <button type="button" id="name-dot" class="key" onclick={dot} tabindex="-1"
                            title={texts::dot()} aria-label={texts::insert_dot()}>{ "·" }</button>
                    }
                </TextField>
                if draft.newborn {
                    { text("guardian-name", texts::guardian(), Who::GuardianName, true) }
                    { text("guardian-id-no", texts::guardian_id(), Who::GuardianIdNo, true) }
                    { text("birth", texts::birth(), Who::Birth, true) }
                } else {
                    <TextField id="id-no" label={number} value={who.id_no.clone()} on_value={edit.reform(Edit::IdNo)}
                        says={says("applicant.idNo", &who.id_no)} required=true
                        steady=true />
                }
                if organisation {
                    { text("legal-representative", texts::legal_representative(), Who::LegalRepresentative, true) }
                    { text("handler-name", texts::handler(), Who::HandlerName, true) }
                    { text("handler-id-no", texts::handler_id(), Who::HandlerIdNo, false) }
                }
                <TextField id="phone" label={if who.contact.is_empty() { texts::contact_phone() } else { texts::between_phone() }}
                    value={who.phone.clone()} on_value={edit.reform(Edit::Phone)} says={says("applicant.phone", &who.phone)}
                    required=true steady=true keys="tel" />
                <TextField id="address" label={if organisation { texts::organisation_address() } else { texts::home_address() }}
                    value={who.address.clone()} on_value={edit.reform(Edit::Address)} required=true
                    says={says("applicant.address", &who.address)} />
                if !organisation {
                    { text("contact", texts::go_between(), Who::Contact, false) }
                }
            </div>
        </section>
    }
}

/// What kind of paper they have, or none yet, or that they are an organisation.
#[component]
fn Kind(Props { draft, edit }: &Props) -> Html {
    let edit = edit.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        select.into_iter().for_each(|select| edit.emit(Edit::Kind(select.value().into())));
    });
    let stands = if draft.newborn { NEWBORN } else { draft.applicant.id_type.as_str() };
    let kinds = check::ID_KINDS.into_iter().map(|(code, zh)| match code {
        check::RESIDENT_CARD => (code, texts::resident_card()),
        _ => (code, zh),
    });
    let kinds = kinds.chain([(NEWBORN, texts::newborn()), (check::CREDIT_CODE, texts::an_organisation())]);
    html! {
        <div class="field">
            <label for="id-type">{ texts::which_document() }</label>
            <select id="id-type" class="input" {onchange}>
                { for kinds.map(|(code, zh)| html! {
                    <option value={code} selected={code == stands}>{ zh }</option>
                }) }
            </select>
        </div>
    }
}
