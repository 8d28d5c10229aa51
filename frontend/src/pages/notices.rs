//! 通知: a list of notices and policies, one of them to read, or one being written.

use crate::{
    dom,
    keys::use_page_keys,
    live::{use_answer, use_here},
    notices::{Begin, NoticeList, NoticeOne, WriteNotice},
    texts::notices as texts,
    widgets::{Empty, Trouble},
};
use daiban_contract::ask;
use daiban_domain::DocumentId;
use yew::prelude::*;

/// What stands at the right.
#[derive(Clone, PartialEq)]
enum Beside {
    /// The first that waits to be read, if any does.
    First,
    One(DocumentId),
    Write(Begin),
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// To begin with.
    pub notice: Option<DocumentId>,
}

#[component]
pub fn NoticesPage(Props { notice }: &Props) -> Html {
    let here = use_here();
    let search = use_state_eq(String::new);
    let beside = use_state_eq(|| notice.map_or(Beside::First, Beside::One));
    let drafts = use_answer(Some(ask::UnfinishedNotices {})).data.unwrap_or_default();
    let list = use_answer(Some(ask::Notices { search: (*search).clone(), ..Default::default() }));
    let chosen = match &*beside {
        Beside::One(id) => Some(*id),
        Beside::First => list.data.as_ref().and_then(|list| list.notices.first()).map(|row| row.id),
        Beside::Write(_) => None,
    };
    let writing = match &*beside {
        Beside::Write(begin) => Some(begin.id()),
        _ => None,
    };
    use_effect_with(list.data.is_some(), |_| {
        _ = dom::focus("#notices [aria-current]") || dom::focus("#find-notice");
    });
    let choose = {
        let beside = beside.clone();
        use_callback((), move |id: DocumentId, ()| beside.set(Beside::One(id)))
    };
    {
        let (covered, list, choose) = (here.covered, list.data.clone(), choose.clone());
        use_page_keys(move |event| {
            let (Some(list), false) = (&list, covered || dom::takes_text(event.target())) else {
                return false;
            };
            let at = list.notices.iter().position(|row| Some(row.id) == chosen);
            let to = match event.key().as_str() {
                "ArrowDown" => at.map_or(0, |at| at + 1),
                "ArrowUp" => at.map_or(0, |at| at.saturating_sub(1)),
                _ => return false,
            };
            if let Some(row) = list.notices.get(to) {
                choose.emit(row.id);
                dom::focus(&format!("[data-notice=\"{}\"]", row.id));
            }
            true
        });
    }
    let write = {
        let beside = beside.clone();
        use_callback((), move |begin: Begin, ()| beside.set(Beside::Write(begin)))
    };
    let on_search = {
        let search = search.clone();
        Callback::from(move |text| search.set(text))
    };
    let close = {
        let beside = beside.clone();
        Callback::from(move |published: Option<DocumentId>| {
            beside.set(published.map_or(Beside::First, Beside::One));
        })
    };
    html! {
        <div class="page merge notices">
            <NoticeList list={list.data.clone()} {chosen} on_choose={choose.clone()} search={(*search).clone()} {on_search}
                {drafts} {writing} on_write={write.clone()} />
            { match (&*beside, chosen) {
                (Beside::Write(begin), _) => html! { <WriteNotice key={begin.id()} begin={begin.clone()} {close} /> },
                (_, Some(id)) => html! { <NoticeOne key={id.to_string()} {id} on_choose={choose} on_write={write} /> },
                (_, None) => html! {
                    <div class="one">
                        <Trouble failure={list.failure.clone()} />
                        <section class="card list"><Empty icon="bell" says={texts::choose()} /></section>
                    </div>
                },
            } }
        </div>
    }
}
