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
    let number = if organisation { "统一社会信用代码" } else { "证件号码" };
    let number = if who.id_type == check::RESIDENT_CARD { "公民身份号码" } else { number };
    html! {
        <section class="card list applicant">
            <header><h2>{ "申请人" }</h2></header>
            <div class="body scroll">
                <Kind draft={draft.clone()} edit={edit.clone()} />
                <TextField id="name" label={if organisation { "单位名称" } else { "姓名" }} value={who.name.clone()}
                    on_value={edit.reform(Edit::Name)}
                    says={says::applicant("applicant.name", &who.id_type, &who.name, today)} required=true>
                    if !organisation {
                        <button type="button" id="name-dot" class="key" onclick={dot} tabindex="-1"
                            title="名字中间的点" aria-label="插入名字中间的点">{ "·" }</button>
                    }
                </TextField>
                if draft.newborn {
                    { text("guardian-name", "监护人", Who::GuardianName, true) }
                    { text("guardian-id-no", "监护人身份证号码", Who::GuardianIdNo, true) }
                    { text("birth", "出生日期", Who::Birth, true) }
                } else {
                    <TextField id="id-no" label={number} value={who.id_no.clone()} on_value={edit.reform(Edit::IdNo)}
                        says={says("applicant.idNo", &who.id_no)} required=true
                        steady=true />
                }
                if organisation {
                    { text("legal-representative", "法定代表人（负责人）", Who::LegalRepresentative, true) }
                    { text("handler-name", "经办人", Who::HandlerName, true) }
                    { text("handler-id-no", "经办人身份证号码", Who::HandlerIdNo, false) }
                }
                <TextField id="phone" label={if who.contact.is_empty() { "联系电话" } else { "代转人的电话" }}
                    value={who.phone.clone()} on_value={edit.reform(Edit::Phone)} says={says("applicant.phone", &who.phone)}
                    required=true steady=true keys="tel" />
                <TextField id="address" label={if organisation { "单位地址" } else { "现住址" }}
                    value={who.address.clone()} on_value={edit.reform(Edit::Address)} required=true
                    says={says("applicant.address", &who.address)} />
                if !organisation {
                    { text("contact", "没有电话的，谁代转（如 邻居李四）", Who::Contact, false) }
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
        check::RESIDENT_CARD => (code, "居民身份证、港澳台居住证"),
        _ => (code, zh),
    });
    let kinds =
        kinds.chain([(NEWBORN, "新生儿，还没有号码"), (check::CREDIT_CODE, "单位（法人、其他组织）")]);
    html! {
        <div class="field">
            <label for="id-type">{ "凭什么证件" }</label>
            <select id="id-type" class="input" {onchange}>
                { for kinds.map(|(code, zh)| html! {
                    <option value={code} selected={code == stands}>{ zh }</option>
                }) }
            </select>
        </div>
    }
}
