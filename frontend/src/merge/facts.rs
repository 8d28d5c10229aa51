//! Two of a kind beside each other, what differs marked.

use super::choice::differing;
use yew::prelude::*;

/// One line of both: what it is, and what each says.
pub struct Fact {
    pub label: &'static str,
    pub one: String,
    pub other: String,
}

impl Fact {
    pub fn new(label: &'static str, one: impl Into<String>, other: impl Into<String>) -> Self {
        Self { label, one: one.into(), other: other.into() }
    }
}

/// A text with what another one says otherwise.
pub fn marked(text: &str, other: &str) -> Html {
    let (start, middle, end) = differing(text, other);
    html! { <>{ start }if !middle.is_empty() { <mark>{ middle }</mark> }{ end }</> }
}

/// `heads`: what stands above each column.
pub fn two(heads: [Html; 2], facts: &[Fact]) -> Html {
    let [one, other] = heads;
    html! {
        <table class="compare">
            <thead><tr><td></td><th scope="col">{ one }</th><th scope="col">{ other }</th></tr></thead>
            <tbody>
                { for facts.iter().filter(|fact| !(fact.one.is_empty() && fact.other.is_empty())).map(|fact| html! {
                    <tr key={fact.label} class={(fact.one == fact.other).then_some("same")}>
                        <th scope="row">{ fact.label }</th>
                        <td>{ marked(&fact.one, &fact.other) }</td>
                        <td>{ marked(&fact.other, &fact.one) }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    }
}
