//! What the item asks beyond the applicant.

use crate::{
    live::use_here,
    parts::TextField,
    record::{Draft, Edit, draft::extra_fields},
    says,
};
use daiban_domain::item::Field;
use std::rc::Rc;
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft: Rc<Draft>,
    pub edit: Callback<Edit>,
}

#[component]
pub fn ExtraCard(Props { draft, edit }: &Props) -> Html {
    let Some(item) = &draft.item else { return html! {} };
    html! {
        <section class="card list extra">
            <header><h2>{ "这件事还要问" }</h2></header>
            <div class="body scroll">
                { for extra_fields(item).map(|field| html! {
                    <ItemField key={field.key.clone()} field={field.clone()} edit={edit.clone()}
                        value={draft.field(&field.key).to_owned()} />
                }) }
                if !item.accept_conditions.is_empty() {
                    <p class="note-box"><b>{ "条件：" }</b>{ &item.accept_conditions }</p>
                }
                if !item.notes.is_empty() { <p class="note-box">{ &item.notes }</p> }
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct FieldProps {
    field: Field,
    value: AttrValue,
    edit: Callback<Edit>,
}

#[component]
fn ItemField(FieldProps { field, value, edit }: &FieldProps) -> Html {
    let here = use_here();
    let id = format!("field-{}", field.key);
    let key: AttrValue = field.key.clone().into();
    let set = edit.reform(move |value: String| Edit::Field(key.clone(), value));
    let choices: Vec<(String, String)> = match field.kind.as_str() {
        "bool" => [("true", "是"), ("false", "否")]
            .map(|(value, says)| (value.to_owned(), says.to_owned()))
            .to_vec(),
        "enum" if !field.rule.is_empty() => {
            field.rule.split('/').map(|one| (one.to_owned(), one.to_owned())).collect()
        }
        "division12" => {
            here.desk.units.iter().map(|unit| (unit.code.to_string(), unit.name.clone())).collect()
        }
        "table" => return html! { <Lines {id} field={field.clone()} value={value.clone()} {set} /> },
        _ => Vec::new(),
    };
    if choices.is_empty() {
        let keys = match field.kind.as_str() {
            "int" | "year" | "date" | "yearMonth" | "bankCard" | "phone" => Some("numeric"),
            "money" | "decimal" | "decimal2" => Some("decimal"),
            _ => None,
        };
        return html! {
            <TextField {id} label={field.label.clone()} value={value.clone()} on_value={set} required={field.required}
                says={says::field(&field.kind, value, here.desk.today)} keys={keys.map(AttrValue::from)} />
        };
    }
    let onchange = Callback::from(move |event: Event| {
        event.target_dyn_into::<HtmlSelectElement>().into_iter().for_each(|select| set.emit(select.value()));
    });
    // The desk fills in its own division where nothing is chosen.
    let nothing = if field.kind == "division12" { here.desk.unit_name.as_str() } else { "没有选" };
    html! {
        <div class="field">
            <label for={id.clone()}>
                { &field.label }
                if field.required && field.kind != "division12" { <span class="must">{ "必填" }</span> }
            </label>
            <select {id} class="input" {onchange}>
                <option value="" selected={value.is_empty()}>{ nothing }</option>
                { for choices.iter().filter(|(_, says)| says != nothing).map(|(one, says)| html! {
                    <option value={one.clone()} selected={one == value.as_str()}>{ says }</option>
                }) }
            </select>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LinesProps {
    id: AttrValue,
    field: Field,
    value: AttrValue,
    set: Callback<String>,
}

/// A small table, one line each.
#[component]
fn Lines(LinesProps { id, field, value, set }: &LinesProps) -> Html {
    let set = set.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        event.target_dyn_into::<HtmlTextAreaElement>().into_iter().for_each(|area| set.emit(area.value()));
    });
    let hint = if field.rule.is_empty() {
        "一行一个".to_owned()
    } else {
        format!("一行一个：{}", field.rule)
    };
    html! {
        <div class="field">
            <label for={id.clone()}>{ &field.label }</label>
            <textarea id={id.clone()} class="input area" rows="3" value={value.clone()} {oninput} placeholder={hint} />
        </div>
    }
}
