//! One notice, to be read and, where that is wanted, marked as read by whoever has.

use super::{article::Article, draft::Begin, readers::Readers, take_back::TakeBack};
use crate::{
    dom, ipc,
    live::{Told, use_answer, use_here},
    texts::notices as texts,
    widgets::{Dialog, Icon, Tabs, Trouble},
    words,
};
use daiban_contract::{
    act::{ConfirmNotice, SaveNoticeAttachment},
    ask,
    view::{NoticeAttachment, NoticeRef, NoticeView},
};
use daiban_domain::DocumentId;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: DocumentId,
    pub on_choose: Callback<DocumentId>,
    pub on_write: Callback<Begin>,
}

const ARTICLE: &str = "article";
const READERS: &str = "readers";

#[component]
pub fn NoticeOne(Props { id, on_choose, on_write }: &Props) -> Html {
    let answer = use_answer(Some(ask::Notice { id: *id }));
    let tab = use_state_eq(|| ARTICLE);
    let taking = use_state_eq(|| false);
    let on_tab = {
        let tab = tab.clone();
        Callback::from(move |to| tab.set(to))
    };
    let Some(view) = answer.data else {
        return html! { <div class="one"><Trouble failure={answer.failure} /></div> };
    };
    let text = html! { <Text view={view.clone()} on_choose={on_choose.clone()} /> };
    let shown = match view.row.readers {
        None => {
            html! { <div class="tab scroll" tabindex="0" aria-label={view.notice.title.clone()}>{ text }</div> }
        }
        Some((read, of)) => {
            let readers = format!("{}\u{3000}{read}/{of}", texts::readers());
            let tabs = vec![(ARTICLE, AttrValue::from(texts::article())), (READERS, readers.into())];
            html! {
                <Tabs id="notice-tab" label={texts::list()} {tabs} chosen={*tab} on_choose={on_tab}>
                    if *tab == ARTICLE { { text } } else { <Readers view={view.clone()} /> }
                </Tabs>
            }
        }
    };
    let take = {
        let taking = taking.clone();
        Callback::from(move |_: MouseEvent| taking.set(true))
    };
    let close = {
        let taking = taking.clone();
        Callback::from(move |()| taking.set(false))
    };
    let anew = {
        let (on_write, view) = (on_write.clone(), view.clone());
        Callback::from(move |_: MouseEvent| {
            on_write.emit(Begin::in_place_of(view.row.id, Rc::new(view.notice.clone())))
        })
    };
    html! {
        <div class="one">
            <section id="notice" class="card list" data-notice={id.to_string()}>
                { shown }
                <footer class="row">
                    <Standing view={view.clone()} />
                    if view.may_take_back {
                        <button id="write-anew" class="button small quiet" onclick={anew}>{ texts::write_anew() }</button>
                        <button id="take-back" class="button small" onclick={take}>{ texts::take_back() }</button>
                    }
                </footer>
            </section>
            if *taking { <TakeBack id={*id} {close} /> }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct TextProps {
    view: Rc<NoticeView>,
    on_choose: Callback<DocumentId>,
}

#[component]
fn Text(TextProps { view, on_choose }: &TextProps) -> Html {
    let today = use_here().desk.today;
    let other = |says: &'static str, other: &NoticeRef| {
        let id = other.id;
        let onclick = on_choose.reform(move |_: MouseEvent| id);
        html! { <p class="dense">{ says }<button type="button" class="plain link" {onclick}>{ &other.title }</button></p> }
    };
    html! {
        <Article notice={view.notice.clone()}>
            <p class="small soft">
                { texts::for_whom(&view.for_says) }{ "\u{3000}" }
                { texts::published(&words::moment(view.row.at, today), &view.published_by) }
            </p>
            if let Some(back) = &view.taken_back {
                <div id="taken-back" class="doubt-box">
                    <p><b>{ texts::back_says(&words::moment(back.at, today), &back.by) }</b></p>
                    <p class="dense">{ texts::back_reason(&back.reason) }</p>
                </div>
            }
            if let Some(by) = &view.replaced_by { <div class="note-box">{ other(texts::replaced_by(), by) }</div> }
            if let Some(before) = &view.replaces { { other(texts::replaces(), before) } }
            if !view.attachments.is_empty() {
                <Attachments id={view.row.id} attachments={view.attachments.clone()} />
            }
        </Article>
    }
}

#[derive(Properties, PartialEq)]
struct AttachmentsProps {
    id: DocumentId,
    attachments: Vec<NoticeAttachment>,
}

#[component]
fn Attachments(AttachmentsProps { id, attachments }: &AttachmentsProps) -> Html {
    let here = use_here();
    let shown = use_state_eq(|| None::<(AttrValue, AttrValue)>);
    let close = {
        let shown = shown.clone();
        Callback::from(move |()| shown.set(None))
    };
    let id = *id;
    let line = |one: &NoticeAttachment| {
        let hash = one.hash.to_string();
        let name =
            AttrValue::from(if one.name.is_empty() { texts::scan().to_owned() } else { one.name.clone() });
        let look = {
            let (here, shown, hash, name) = (here.clone(), shown.clone(), hash.clone(), name.clone());
            Callback::from(move |_: MouseEvent| {
                let (here, shown, name) = (here.clone(), shown.clone(), name.clone());
                let request = ask::NoticeAttachment { id, hash: hash.clone() };
                spawn_local(async move {
                    match ipc::ask(request).await {
                        Ok(content) => {
                            let url = format!("data:{};base64,{}", content.media_type, content.content);
                            shown.set(Some((name, url.into())));
                        }
                        Err(failure) => here.tell.emit(Told::Failed(failure)),
                    }
                });
            })
        };
        let save = {
            let (here, hash) = (here.clone(), hash.clone());
            Callback::from(move |_: MouseEvent| {
                let tell = here.tell.clone();
                here.ask(SaveNoticeAttachment { id, hash: hash.clone(), file: None }, move |saved| {
                    tell.emit(Told::Done(texts::saved(&saved.file)));
                });
            })
        };
        html! {
            <li key={hash.clone()} data-attachment={hash.clone()}>
                <Icon name="file-text" />
                <span class="clip">{ &name }{ "\u{3000}" }<span class="small soft">{ texts::kilobytes(one.size.div_ceil(1024)) }</span></span>
                <span class="row">
                    if !one.here {
                        <span class="small soft">{ texts::not_here() }</span>
                    } else {
                        if one.media_type.starts_with("image/") {
                            <button type="button" class="button tiny quiet" onclick={look}>{ texts::open() }</button>
                        }
                        <button type="button" class="button tiny quiet save" onclick={save}>{ texts::save() }</button>
                    }
                </span>
            </li>
        }
    };
    html! {
        <div class="note-box">
            <h3 class="small soft">{ texts::attachments() }</h3>
            <ul class="papers">{ for attachments.iter().map(line) }</ul>
            if let Some((name, url)) = &*shown {
                <Dialog id="notice-picture" class="wide" label={name.clone()} on_close={close.clone()}>
                    <header class="row">
                        <h2>{ name }</h2><span class="spring" />
                        <button class="button small quiet" onclick={close.reform(|_: MouseEvent| ())}>{ crate::texts::controls::close() }<kbd>{ "Esc" }</kbd></button>
                    </header>
                    <div class="scroll photo" tabindex="0"><img src={url.clone()} alt={name.clone()} /></div>
                </Dialog>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct StandingProps {
    view: Rc<NoticeView>,
}

/// What this unit has said of it, or the act of saying so.
#[component]
fn Standing(StandingProps { view }: &StandingProps) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let running = use_state_eq(|| false);
    let confirm = {
        let (here, running, id) = (here.clone(), running.clone(), view.row.id);
        Callback::from(move |_: MouseEvent| {
            running.set(true);
            let (tell, running) = (here.tell.clone(), running.clone());
            here.act(ConfirmNotice { id }, move |outcome| {
                running.set(false);
                if outcome.is_ok() {
                    tell.emit(Told::Done(texts::confirmed().to_owned()));
                    dom::focus("#notices [aria-current]");
                }
            });
        })
    };
    html! {
        <>
            if view.may_confirm {
                <p class="spring dense soft">{ texts::confirm_says() }</p>
                <button id="confirm-notice" class="button primary" onclick={confirm} disabled={*running}>
                    <Icon name="check" />{ texts::confirm() }
                </button>
            } else if let Some(read) = view.row.read {
                <p id="notice-read" class="spring dense soft">
                    { texts::read_by(&words::moment(read, today), words::named(&view.read_by)) }
                </p>
            } else if let Some((read, of)) = view.row.readers {
                <p id="notice-counted" class="spring dense soft">{ texts::counted(read, of) }</p>
            } else {
                <span class="spring" />
            }
        </>
    }
}
