//! Photos and scans of a case: adding, a glance at each with how far it has got, and one at its full size.

use super::Props;
use crate::{
    dom,
    live::{use_answer, use_here},
    photo::{Camera, PhotoEditor, Scans, dropped, use_pasted},
    place::{Over, Step},
    texts::photos as texts,
    widgets::{Icon, Reach, Sheet, Trouble},
};
use daiban_contract::{
    act::{Attach, SaveAttachment},
    ask::Attachment,
    view::AttachmentView,
};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn PhotosCard(Props { case }: &Props) -> Html {
    let here = use_here();
    let material = use_state_eq(String::new);
    let pick = {
        let material = material.clone();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<web_sys::HtmlSelectElement>();
            material.set(select.map(|select| select.value()).unwrap_or_default());
        })
    };
    let choose = Callback::from(|_: MouseEvent| {
        if let Some(input) = dom::find("#photo-file") {
            input.click();
        }
    });
    // What was brought and is looked at before it is kept, the first of them first.
    let waiting = use_reducer_eq(Waiting::default);
    let keep = {
        let (here, case_no, material) = (here.clone(), case.case_no.clone(), (*material).clone());
        move |content: String| {
            let attach = Attach {
                case_no: case_no.clone(),
                content: Some(content),
                material_code: Some(material.clone()),
                ..Attach::default()
            };
            here.act(attach, |_| ());
        }
    };
    let brought = {
        let (waiting, keep) = (waiting.dispatcher(), keep.clone());
        Callback::from(move |url: String| match url.starts_with(PDF) {
            // There is nothing to turn or crop.
            true => keep(url),
            false => waiting.dispatch(Wait::For(url.into())),
        })
    };
    let add = {
        let brought = brought.clone();
        Callback::from(move |event: Event| {
            let brought = brought.clone();
            dom::chosen_files(&event, move |url| brought.emit(url));
        })
    };
    use_pasted(brought.clone());
    let ondrop = {
        let brought = brought.clone();
        Callback::from(move |event: DragEvent| {
            let brought = brought.clone();
            dropped(&event, move |url| brought.emit(url));
        })
    };
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    let on_done = {
        let (waiting, keep) = (waiting.dispatcher(), keep.clone());
        Callback::from(move |kept: Option<String>| {
            kept.into_iter().for_each(&keep);
            waiting.dispatch(Wait::Next);
        })
    };
    let camera = use_state_eq(|| None::<usize>);
    let open_camera = {
        let camera = camera.clone();
        Callback::from(move |_: MouseEvent| camera.set(Some(0)))
    };
    let on_taken = {
        let (camera, brought) = (camera.clone(), brought.clone());
        Callback::from(move |url: String| {
            camera.set(camera.map(|taken| taken + 1));
            brought.emit(url);
        })
    };
    let close_camera = {
        let camera = camera.clone();
        Callback::from(move |()| camera.set(None))
    };
    let on_all = {
        let (waiting, keep) = (waiting.clone(), keep.clone());
        Callback::from(move |()| {
            waiting.0.iter().for_each(|url| keep(url.to_string()));
            waiting.dispatch(Wait::None);
        })
    };
    html! {
        <section class="card photos" {ondrop} {ondragover}>
            <header>
                <h2>{ texts::title() }</h2><span class="dense soft">{ texts::count(case.attachments.len()) }</span>
            </header>
            <p class="row body">
                <select aria-label={texts::which_material()} onchange={pick}>
                    <option value="" selected={material.is_empty()}>{ texts::no_material() }</option>
                    { for case.materials.iter().map(|one| html! {
                        <option value={one.material_code.clone()} selected={*material == one.material_code}>{ &one.name }</option>
                    }) }
                </select>
                <button id="add-photo" class="button small" onclick={choose}><Icon name="plus" />{ texts::add() }</button>
                <button id="take-photo" class="button small" onclick={open_camera}><Icon name="camera" />{ texts::by_camera() }</button>
                <input id="photo-file" type="file" hidden=true multiple=true
                    accept="image/jpeg,image/png,application/pdf" onchange={add} />
            </p>
            <p class="body small faint">{ texts::drop_here() }</p>
            <div class="body"><Scans on_scan={brought} /></div>
            if !case.attachments.is_empty() {
                <ul class="body">
                    { for case.attachments.iter().map(|view| html! {
                        <Thumb key={view.hash.to_string()} case_no={case.case_no.clone()} view={view.clone()} />
                    }) }
                </ul>
            }
            if let Some(taken) = *camera {
                <Camera {taken} {on_taken} on_close={close_camera} />
            } else if let Some(url) = waiting.0.first() {
                <PhotoEditor key={waiting.0.len()} url={url.clone()} more={waiting.0.len() - 1} {on_done} {on_all} />
            }
        </section>
    }
}

/// How the data URL of a scan begins that is no picture.
const PDF: &str = "data:application/pdf";

/// Photos that somebody has brought and not yet kept.
#[derive(Clone, Default, PartialEq)]
struct Waiting(Vec<AttrValue>);

enum Wait {
    For(AttrValue),
    /// The first has been seen to.
    Next,
    None,
}

impl Reducible for Waiting {
    type Action = Wait;

    fn reduce(self: Rc<Self>, wait: Wait) -> Rc<Self> {
        let mut waiting = self.0.clone();
        match wait {
            Wait::For(url) => waiting.push(url),
            Wait::Next => drop(waiting.drain(..waiting.len().min(1))),
            Wait::None => waiting.clear(),
        }
        Rc::new(Self(waiting))
    }
}

#[derive(Properties, PartialEq)]
struct ThumbProps {
    case_no: AttrValue,
    view: AttachmentView,
}

#[component]
fn Thumb(ThumbProps { case_no, view }: &ThumbProps) -> Html {
    let here = use_here();
    let hash = view.hash.to_string();
    let photo = view.here && view.media_type.starts_with("image/");
    let small = use_answer(photo.then(|| Attachment {
        case_no: case_no.to_string(),
        hash: hash.clone(),
        small: true,
    }));
    let open = {
        let (case_no, hash) = (case_no.clone(), AttrValue::from(hash.clone()));
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Open(Over::Photo { case_no: case_no.clone(), hash: hash.clone() }));
        })
    };
    html! {
        <li data-photo={hash}>
            <button class="thumb" onclick={open} disabled={!view.here} title={format!("{} {}", view.name, view.by)}>
                if let Some(content) = &small.data {
                    <img src={format!("data:image/jpeg;base64,{}", content.content)} alt={view.name.clone()} />
                } else {
                    <Icon name={if view.here { "file-text" } else { "hourglass" }} />
                }
            </button>
            <span class="clip">{ &view.name }</span>
            if view.here { <Reach at={view.reach} /> } else { <span class="faint">{ texts::not_here() }</span> }
        </li>
    }
}

#[derive(Properties, PartialEq)]
pub struct SheetProps {
    pub case_no: AttrValue,
    pub hash: AttrValue,
}

/// One at its full size, over the page.
#[component]
pub fn PhotoSheet(SheetProps { case_no, hash }: &SheetProps) -> Html {
    let here = use_here();
    let answer =
        use_answer(Some(Attachment { case_no: case_no.to_string(), hash: hash.to_string(), small: false }));
    let saved = use_state_eq(|| None::<AttrValue>);
    let on_close = here.back();
    let save = {
        let (case_no, hash, saved) = (case_no.clone(), hash.clone(), saved.clone());
        Callback::from(move |_: MouseEvent| {
            let saved = saved.clone();
            let request = SaveAttachment { case_no: case_no.to_string(), hash: hash.to_string(), file: None };
            here.act(request, move |result| {
                if let Ok(written) = result {
                    saved.set(Some(written.file.into()));
                }
            });
        })
    };
    let head = html! {
        <>
            <span class="spring" />
            <button class="button small" onclick={save}><Icon name="save" />{ texts::save_as() }</button>
        </>
    };
    html! {
        <Sheet id="photo" title={texts::title()} class="wide photo" first="#photo-close" {on_close} {head}>
                <Trouble failure={answer.failure.clone()} />
                if let Some(content) = &answer.data {
                    if content.media_type.starts_with("image/") {
                        <div class="scroll" tabindex="0">
                            <img src={format!("data:{};base64,{}", content.media_type, content.content)} alt={texts::title()} />
                        </div>
                    } else {
                        <p class="soft">{ texts::pdf() }</p>
                    }
                }
                <p class="small soft" role="status">
                    if let Some(file) = &*saved { { texts::saved() }<span class="path">{ file }</span> }
                </p>
        </Sheet>
    }
}
