//! What a new agent was given: both count it.

use crate::{texts::people as texts, words};
use daiban_contract::view::{AgentChanged, GivenCase};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub given: Rc<AgentChanged>,
}

#[component]
pub fn Given(Props { given }: &Props) -> Html {
    html! {
        <div class="given" role="status" data-cases={given.cases.len().to_string()} data-originals={given.originals.to_string()}>
            <p class="note-box">{ &given.says }</p>
            if !given.cases.is_empty() {
                <table class="brought">
                    <caption class="strong">{ texts::given() }</caption>
                    <thead><tr>
                        <th scope="col">{ texts::case_no() }</th><th scope="col">{ texts::applicant() }</th>
                        <th scope="col">{ texts::item() }</th><th scope="col">{ texts::from() }</th>
                        <th scope="col">{ texts::originals() }</th>
                    </tr></thead>
                    <tbody>{ for given.cases.iter().map(row) }</tbody>
                </table>
            }
        </div>
    }
}

fn row(case: &GivenCase) -> Html {
    let lying: Vec<String> =
        case.originals.iter().map(|original| texts::original(&original.name, original.count)).collect();
    let lying =
        if lying.is_empty() { texts::none_lying().to_owned() } else { lying.join(texts::list_comma()) };
    html! {
        <tr key={case.case_no.clone()}>
            <td>{ &case.case_no }</td><td>{ words::named(&case.applicant_name) }</td>
            <td>{ &case.item_name }</td><td>{ words::named(&case.from) }</td><td>{ lying }</td>
        </tr>
    }
}
