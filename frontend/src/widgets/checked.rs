//! A paper's code in the search line: whether the paper is genuine. A scanner types it there like a keyboard.

use crate::{
    live::use_answer,
    texts::marks as texts,
    widgets::{Icon, Trouble},
};
use daiban_contract::ask::CheckForm;
use yew::prelude::*;

/// What a paper's code says that it is of: the number of a case or of a matter, a unit, an item. `None` for anything else that
/// somebody searches for.
pub fn subject_of_code(text: &str) -> Option<&str> {
    let mut parts = text.split_whitespace();
    let version = parts.next()?;
    version.eq_ignore_ascii_case("DB1").then(|| parts.nth(1)).flatten()
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub code: AttrValue,
}

#[component]
pub fn CheckedPaper(Props { code }: &Props) -> Html {
    let checked = use_answer(Some(CheckForm { text: code.to_string() }));
    html! {
        <>
            <Trouble failure={checked.failure.clone()} />
            if let Some(paper) = &checked.data {
                <section id="checked" class="card" data-genuine={paper.genuine.to_string()} role="status">
                    <header>
                        <Icon name={if paper.genuine { "circle-check" } else { "circle-alert" }} />
                        <h2>{ if paper.genuine { texts::genuine() } else { texts::not_genuine() } }</h2>
                        <span class="soft">{ format!("{} {} {}", paper.unit_name, paper.name, paper.number) }</span>
                    </header>
                    <ul class="body">{ for paper.says.iter().map(|says| html! { <li>{ says }</li> }) }</ul>
                </section>
            }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_what_it_is_of_and_nothing_else_does() {
        assert_eq!(subject_of_code("DB1 F02 621099-1 2026-A1-1 20260302 AAAA"), Some("621099-1"));
        assert_eq!(subject_of_code("db1 f02 621099-1"), Some("621099-1"));
        assert_eq!(subject_of_code("DB1 F12 621099100200 2026-A1 20260302 AAAA"), Some("621099100200"));
        for text in ["", "DB1", "DB1 F02", "王秀兰", "0007-8"] {
            assert_eq!(subject_of_code(text), None, "{text}");
        }
    }
}
