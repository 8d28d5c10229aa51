//! One entry of the register: each line can be corrected where it stands. What is masked stays masked.

use crate::{
    dom,
    live::{Told, use_here},
    says::{self, Says},
    texts::residents as texts,
    widgets::{Beneath, Icon},
};
use daiban_contract::{act::SetResident, view::ResidentRow};
use daiban_domain::DocumentId;
use jiff::civil::Date;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub row: ResidentRow,
    /// It may be corrected here.
    pub editable: bool,
}

#[component]
pub fn Entry(Props { row, editable }: &Props) -> Html {
    let born = row.born.map(|day| day.to_string()).unwrap_or_default();
    let lines = [
        ("name", texts::name(), &row.name),
        ("idNo", texts::id_no(), &row.id_no),
        ("", texts::born(), &born),
        ("phone", texts::phone(), &row.phone),
        ("address", texts::address(), &row.address),
        ("household", texts::household_no(), &row.household),
        ("relation", texts::relation(), &row.relation),
    ];
    html! {
        <dl class="facts entry" data-entry={row.id.to_string()}>
            { for lines.into_iter().map(|(field, label, value)| html! {
                <Line key={label} id={row.id} {field} {label} value={value.clone()} id_type={row.id_type.clone()}
                    editable={*editable && !field.is_empty()} />
            }) }
        </dl>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    id: DocumentId,
    /// As the register calls it.
    field: AttrValue,
    label: AttrValue,
    value: AttrValue,
    id_type: AttrValue,
    editable: bool,
}

/// Whether a line of the register is never shown whole.
fn masked(field: &str) -> bool {
    matches!(field, "idNo" | "phone" | "address")
}

fn judged(field: &str, id_type: &str, text: &str, today: Date) -> Option<Says> {
    match field {
        _ if masked(field) && text.is_empty() => Says::plain(texts::type_anew()),
        "name" => says::name(text),
        "idNo" => says::applicant("applicant.idNo", id_type, text, today),
        "phone" => says::phone(text),
        _ => None,
    }
}

#[component]
fn Line(LineProps { id, field, label, value, id_type, editable }: &LineProps) -> Html {
    let here = use_here();
    // The text while it is being corrected.
    let text = use_state_eq(|| None::<String>);
    use_effect_with(text.is_some(), |open| {
        if *open {
            dom::focus("#resident-value");
        }
    });
    let Some(typed) = (*text).clone() else {
        let onclick = {
            let text = text.clone();
            let typed = if masked(field) { String::new() } else { value.to_string() };
            Callback::from(move |_: MouseEvent| text.set(Some(typed.clone())))
        };
        return html! {
            <>
                <dt>{ label }</dt>
                <dd class="row">
                    <span class="spring">{ if value.is_empty() { texts::empty().into() } else { value.clone() } }</span>
                    if *editable {
                        <button class="button tiny quiet" data-edit={field.clone()} {onclick}
                            aria-label={texts::edit_label(label)}><Icon name="pencil" />{ texts::edit() }</button>
                    }
                </dd>
            </>
        };
    };
    let close = {
        let text = text.clone();
        Callback::from(move |()| text.set(None))
    };
    let oninput = Callback::from(move |event: InputEvent| text.set(Some(dom::value(&event))));
    let onsubmit = {
        let (here, id, field, label) = (here.clone(), *id, field.to_string(), label.clone());
        let (close, typed) = (close.clone(), typed.trim().to_owned());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let request = SetResident { id, field: field.clone(), value: typed.clone() };
            let (tell, close, done) = (here.tell.clone(), close.clone(), texts::edited(&label));
            here.act(request, move |outcome| {
                if outcome.is_ok() {
                    close.emit(());
                    tell.emit(Told::Done(done));
                }
            });
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
        <>
            <dt>{ label }</dt>
            <dd>
                <form class="row" {onsubmit}>
                    <span class="input small">
                        <input id="resident-value" value={typed.clone()} {oninput} {onkeydown} autocomplete="off"
                            spellcheck="false" aria-label={label.clone()} aria-describedby="resident-says" />
                    </span>
                    <button id="resident-save" class="button small">{ texts::save() }</button>
                    <button type="button" class="button small quiet" onclick={cancel}>{ texts::cancel() }</button>
                </form>
                <Beneath id="resident-says" says={judged(field, id_type, &typed, here.desk.today)} />
            </dd>
        </>
    }
}
