//! What the item asks beyond the applicant.

use crate::{
    live::use_here,
    record::{Draft, Edit},
    says::{self, Says, Tone},
    texts::record as texts,
    widgets::{Answer, Beneath},
};
use daiban_domain::item::field::{Asked, Form, Kind, Rule};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft: Rc<Draft>,
    pub edit: Callback<Edit>,
}

#[component]
pub fn ExtraCard(Props { draft, edit }: &Props) -> Html {
    let today = use_here().desk.today;
    let Some(item) = &draft.item else { return html! {} };
    let form = Form::of(&item.fields);
    let answers = |key: &str| draft.answer(key);
    let field = |asked: &&Asked<'_>| {
        let (key, typed) = (&asked.field.key, draft.field(&asked.field.key));
        let comes_to = form.value(asked, &answers, today);
        let says = match typed.trim().is_empty() && !comes_to.is_empty() {
            true => Says::plain(texts::comes_to(&asked.says(&comes_to))),
            false => says::field(&form, asked, typed, &answers, today),
        };
        let (id, wrong) =
            (format!("field-{key}"), says.as_ref().is_some_and(|says| says.tone == Tone::Wrong));
        let says_id = format!("{id}-says");
        let of: AttrValue = key.clone().into();
        let set = edit.reform(move |value: String| Edit::Field(of.clone(), value));
        // The desk fills in its own division where nothing is chosen.
        let must = asked.field.required && asked.kind != Kind::Village && comes_to.is_empty();
        html! {
            <div key={key.clone()} class={classes!("field", wrong.then_some("wrong"))}>
                <label for={id.clone()}>
                    { &asked.field.label }
                    if must { <span class="must">{ texts::must() }</span> }
                </label>
                <Answer {id} label={asked.field.label.clone()} kind={asked.kind} options={asked.options.clone()}
                    value={typed.to_owned()} on_value={set} required={asked.field.required} hint={hint(asked)} {wrong}
                    says_id={says_id.clone()} />
                <Beneath id={says_id} {says} />
            </div>
        }
    };
    html! {
        <section class="card list extra">
            <header><h2>{ texts::also_asked() }</h2></header>
            <div class="body scroll">
                { for draft.questions(&form, today).iter().map(field) }
                if !item.accept_conditions.is_empty() {
                    <p class="note-box"><b>{ texts::conditions() }</b>{ &item.accept_conditions }</p>
                }
                if !item.notes.is_empty() { <p class="note-box">{ &item.notes }</p> }
            </div>
        </section>
    }
}

/// How an answer is written, where that isn't plain.
fn hint(asked: &Asked<'_>) -> String {
    let columns = asked.rules.iter().find_map(|rule| match rule {
        Rule::Columns(columns) => Some(columns.join(texts::comma())),
        _ => None,
    });
    match (asked.kind, columns) {
        (Kind::Table, Some(columns)) => texts::one_a_line_of(&columns),
        (Kind::Table, None) => texts::one_a_line().to_owned(),
        _ => String::new(),
    }
}
