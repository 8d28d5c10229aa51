//! Five faces, drawn alike: the line tells them apart, not a colour.

use daiban_domain::rating::Grade;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub grade: Grade,
}

#[component]
pub fn Face(Props { grade }: &Props) -> Html {
    let eyes = |y: &'static str| {
        html! { <><circle class="eye" cx="22" cy={y} r="3" /><circle class="eye" cx="42" cy={y} r="3" /></> }
    };
    let (code, drawn) = match grade {
        Grade::VerySatisfied => (
            "1",
            html! { <><path d="M18 26q4-6 8 0M38 26q4-6 8 0" /><path class="teeth" d="M17 36q15 22 30 0z" /></> },
        ),
        Grade::Satisfied => ("2", html! { <>{ eyes("25") }<path d="M19 38q13 14 26 0" /></> }),
        Grade::FairlySatisfied => ("3", html! { <>{ eyes("25") }<path d="M21 41q11 3 22 0" /></> }),
        Grade::Dissatisfied => ("4", html! { <>{ eyes("26") }<path d="M20 45q12-11 24 0" /></> }),
        Grade::VeryDissatisfied => (
            "5",
            html! { <><path d="M16 20l10 4M48 20l-10 4" />{ eyes("29") }<path d="M18 48q14-18 28 0" /></> },
        ),
    };
    html! {
        <svg viewBox="0 0 64 64" aria-hidden="true" data-face={code}>
            <circle class="ground" cx="32" cy="32" r="30" />{ drawn }
        </svg>
    }
}
