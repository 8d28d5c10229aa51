//! What stands on a page of the handbook.

use daiban_contract::view::{Block, Span};
use yew::prelude::*;

/// A block; a link in it leads to the page that it names.
pub fn block(block: &Block, open: &Callback<String>) -> Html {
    let items = |items: &[Vec<Span>]| -> Html {
        items.iter().map(|item| html! { <li>{ spans(item, open) }</li> }).collect()
    };
    match block {
        Block::Heading(text) => html! { <h3>{ text }</h3> },
        Block::Paragraph(words) => html! { <p>{ spans(words, open) }</p> },
        Block::Steps(steps) => html! { <ol>{ items(steps) }</ol> },
        Block::Points(points) => html! { <ul>{ items(points) }</ul> },
        Block::Table { head, rows } => html! {
            <table>
                <thead><tr>{ for head.iter().map(|cell| html! { <th scope="col">{ spans(cell, open) }</th> }) }</tr></thead>
                <tbody>
                    { for rows.iter().map(|row| html! {
                        <tr>{ for row.iter().map(|cell| html! { <td>{ spans(cell, open) }</td> }) }</tr>
                    }) }
                </tbody>
            </table>
        },
        Block::Picture { says, source } => html! {
            <figure><img src={source.clone()} alt={says.clone()} /><figcaption class="small soft">{ says }</figcaption></figure>
        },
    }
}

fn spans(spans: &[Span], open: &Callback<String>) -> Html {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) => html! { { text } },
            Span::Key(key) => html! { <kbd>{ key }</kbd> },
            Span::Link { page, text } => {
                let to = page.clone();
                let onclick = open.reform(move |_: MouseEvent| to.clone());
                html! { <button class="plain link" data-to={page.clone()} {onclick}>{ text }</button> }
            }
        })
        .collect()
}
