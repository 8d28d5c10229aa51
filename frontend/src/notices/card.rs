//! On the first page: what waits to be read, where there is some of it.

use crate::{
    live::{use_answer, use_here},
    place::{Page, Step},
    texts::notices as texts,
    widgets::Icon,
    words,
};
use daiban_contract::ask;
use yew::prelude::*;

/// What fits.
const FEW: u32 = 3;

#[component]
pub fn NoticesCard() -> Html {
    let here = use_here();
    let today = here.desk.today;
    let Some(list) = use_answer(Some(ask::Notices { limit: FEW, ..Default::default() })).data else {
        return html! {};
    };
    let open = |id| {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Notices { notice: Some(id) })))
    };
    html! {
        if list.unread > 0 {
            <section id="home-notices" class="card list">
                <header>
                    <Icon name="bell" /><h2>{ texts::card() }</h2><span class="spring" />
                    <span class="soft">{ texts::count(list.unread) }</span>
                </header>
                <ul class="saved scroll">
                    { for list.notices.iter().filter(|row| row.unread).map(|row| html! {
                        <li key={row.id.to_string()}>
                            <button class="plain" title={row.title.clone()} onclick={open(row.id)}>
                                <span class="clip">{ &row.title }</span><time class="small faint">{ words::near_day(row.on, today) }</time>
                                <span class="dense soft clip">{ &row.issuer }</span>
                            </button>
                        </li>
                    }) }
                </ul>
            </section>
        }
    }
}
