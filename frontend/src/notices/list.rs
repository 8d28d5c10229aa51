//! What there is to read, what waits for it first.

use super::{article::kind_icon, draft::Begin};
use crate::{
    dom,
    live::use_here,
    texts::notices as texts,
    widgets::{Empty, Icon},
    words,
};
use daiban_contract::view::{NoticeRow, NoticesView, UnfinishedNotice};
use daiban_domain::DocumentId;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub list: Option<Rc<NoticesView>>,
    pub chosen: Option<DocumentId>,
    pub on_choose: Callback<DocumentId>,
    pub search: AttrValue,
    pub on_search: Callback<String>,
    /// What was begun and left.
    pub drafts: Rc<Vec<UnfinishedNotice>>,
    /// The one at hand.
    pub writing: Option<u32>,
    pub on_write: Callback<Begin>,
}

#[component]
pub fn NoticeList(props: &Props) -> Html {
    let oninput = {
        let on_search = props.on_search.clone();
        Callback::from(move |event: InputEvent| on_search.emit(dom::value(&event)))
    };
    let list = props.list.as_deref();
    let may_publish = list.is_some_and(|list| list.may_publish);
    let (waiting, others): (Vec<_>, Vec<_>) =
        list.into_iter().flat_map(|list| &list.notices).partition(|row| row.unread);
    let none = list.is_some_and(|list| list.notices.is_empty());
    html! {
        <aside>
            <div class="head stack">
                <div class="row">
                    <h1>{ texts::title() }</h1><span class="spring" />
                    if may_publish {
                        <button id="write-notice" class="button small" onclick={props.on_write.reform(|_: MouseEvent| Begin::empty())}>
                            <Icon name="pencil" />{ texts::write() }
                        </button>
                    }
                </div>
                <label class="input small">
                    <Icon name="search" />
                    <input id="find-notice" value={props.search.clone()} {oninput} autocomplete="off" spellcheck="false"
                        aria-label={texts::find()} placeholder={texts::find_by()} />
                </label>
            </div>
            <nav id="notices" class="waiting scroll" aria-label={texts::list()}>
                if !props.drafts.is_empty() {
                    <h2><span>{ texts::drafts(props.drafts.len()) }</span></h2>
                    { for props.drafts.iter().map(|left| html! {
                        <Left key={left.id} left={left.clone()} chosen={props.writing == Some(left.id)} on_write={props.on_write.clone()} />
                    }) }
                    if waiting.is_empty() && !others.is_empty() { <h2><span>{ texts::published_ones() }</span></h2> }
                }
                if !waiting.is_empty() {
                    <h2><span>{ texts::to_read(waiting.len()) }</span></h2>
                    { for waiting.iter().map(|row| line(row, props)) }
                    if !others.is_empty() { <h2><span>{ texts::others() }</span></h2> }
                }
                { for others.iter().map(|row| line(row, props)) }
                if none && !props.search.trim().is_empty() {
                    <Empty icon="bell" says={texts::none_found(props.search.trim())} />
                } else if none && props.drafts.is_empty() {
                    <Empty icon="bell" says={texts::none()} then={texts::none_then()} />
                }
            </nav>
        </aside>
    }
}

fn line(row: &NoticeRow, props: &Props) -> Html {
    html! { <Line key={row.id.to_string()} row={row.clone()} chosen={props.chosen == Some(row.id)} on_choose={props.on_choose.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    row: NoticeRow,
    chosen: bool,
    on_choose: Callback<DocumentId>,
}

#[component]
fn Line(LineProps { row, chosen, on_choose }: &LineProps) -> Html {
    let today = use_here().desk.today;
    let onclick = {
        let id = row.id;
        on_choose.reform(move |_: MouseEvent| id)
    };
    let gone = row.taken_back || row.replaced;
    let standing = if row.taken_back {
        texts::taken_back().to_owned()
    } else if row.replaced {
        texts::replaced().to_owned()
    } else if row.unread {
        texts::unread().to_owned()
    } else if let Some((read, of)) = row.readers {
        texts::counted(read, of)
    } else {
        row.read.map(|read| texts::read_on(&words::moment(read, today))).unwrap_or_default()
    };
    html! {
        <button data-notice={row.id.to_string()} data-unread={row.unread.to_string()} class={classes!(gone.then_some("later"))}
            aria-current={chosen.then_some("true")} {onclick}>
            <b>{ &row.title }</b>
            <span class="small soft row">{ kind_icon(row.kind) }<span class="clip">{ &row.issuer }</span></span>
            <span class="small soft row">
                <span>{ words::near_day(row.on, today) }</span><span class="spring" />
                if row.unread { <span class="chip mark">{ standing }</span> } else { <span>{ standing }</span> }
            </span>
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct LeftProps {
    left: UnfinishedNotice,
    chosen: bool,
    on_write: Callback<Begin>,
}

/// One that was begun and left.
#[component]
fn Left(LeftProps { left, chosen, on_write }: &LeftProps) -> Html {
    let today = use_here().desk.today;
    let onclick = {
        let left = Rc::new(left.clone());
        on_write.reform(move |_: MouseEvent| Begin::Left(left.clone()))
    };
    let title = left.title.trim();
    html! {
        <button data-draft={left.id.to_string()} aria-current={chosen.then_some("true")} {onclick}>
            <b>{ if title.is_empty() { texts::no_title() } else { title } }</b>
            <span class="small soft row">
                <Icon name="pencil" /><span>{ left.kept.map(|at| texts::left(&words::moment(at, today))) }</span>
            </span>
        </button>
    }
}
