//! Who asks.

use crate::{
    dom,
    live::use_here,
    parts::TextField,
    record::{Draft, Edit},
    says,
};
use std::rc::Rc;
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
    html! {
        <section class="card list applicant">
            <header><h2>{ "申请人" }</h2></header>
            <div class="body scroll">
                <TextField id="name" label="姓名" value={who.name.clone()} on_value={edit.reform(Edit::Name)}
                    says={says::name(&who.name)} required=true>
                    <button type="button" id="name-dot" class="key" onclick={dot} tabindex="-1"
                        title="名字中间的点" aria-label="插入名字中间的点">{ "·" }</button>
                </TextField>
                <TextField id="id-no" label="公民身份号码" value={who.id_no.clone()} on_value={edit.reform(Edit::IdNo)}
                    says={says::id_number(&who.id_no, today)} required=true steady=true />
                <TextField id="phone" label="联系电话" value={who.phone.clone()} on_value={edit.reform(Edit::Phone)}
                    says={says::phone(&who.phone)} required=true steady=true keys="tel" />
                <TextField id="address" label="现住址" value={who.address.clone()}
                    on_value={edit.reform(Edit::Address)} required=true />
            </div>
        </section>
    }
}
