//! A notice as it is read, and as it is looked at before it goes out.

use crate::{texts::notices as texts, widgets::Icon, words};
use daiban_domain::notice::{Notice, NoticeKind};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub notice: Notice,
    /// What stands between the head and the text.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Article(Props { notice, children }: &Props) -> Html {
    html! {
        <article class="article">
            <h2>{ &notice.title }</h2>
            <p class="dense soft">
                <span class="chip mark">{ kind(notice.kind) }</span>{ " " }
                { texts::issued(&notice.issuer, &words::day_of_year(notice.on)) }
                if !notice.number.is_empty() { { "\u{3000}" }{ &notice.number } }
            </p>
            { children.clone() }
            { for notice.paragraphs.iter().map(|paragraph| html! { <p class="paragraph">{ paragraph }</p> }) }
        </article>
    }
}

pub fn kind(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Notice => texts::kind_notice(),
        NoticeKind::Policy => texts::kind_policy(),
    }
}

/// Its icon and its word.
pub fn kind_icon(kind: NoticeKind) -> Html {
    let icon = match kind {
        NoticeKind::Notice => "bell",
        NoticeKind::Policy => "file-text",
    };
    html! { <><Icon name={icon} />{ self::kind(kind) }</> }
}
