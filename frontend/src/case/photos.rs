//! Photos and scans of a case: adding, a glance at each with how far it has got, and one at its full size.

use super::Props;
use crate::{
    dom,
    live::{use_answer, use_here},
    place::{Over, Step},
    widgets::{Icon, Reach, Trouble},
};
use daiban_contract::{
    act::{Attach, SaveAttachment},
    ask::Attachment,
    view::AttachmentView,
};
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
    let add = {
        let (here, case_no, material) = (here.clone(), case.case_no.clone(), material.clone());
        Callback::from(move |event: Event| {
            let (here, case_no, material) = (here.clone(), case_no.clone(), (*material).clone());
            dom::chosen_files(&event, move |content| {
                let attach = Attach {
                    case_no: case_no.clone(),
                    content: Some(content),
                    material_code: Some(material.clone()),
                    ..Attach::default()
                };
                here.act(attach, |_| ());
            });
        })
    };
    html! {
        <section class="card photos">
            <header>
                <h2>{ "照片" }</h2><span class="dense soft">{ format!("{} 张", case.attachments.len()) }</span>
            </header>
            <p class="row body">
                <select aria-label="这张照片是哪样材料" onchange={pick}>
                    <option value="" selected={material.is_empty()}>{ "不分材料" }</option>
                    { for case.materials.iter().map(|one| html! {
                        <option value={one.material_code.clone()} selected={*material == one.material_code}>{ &one.name }</option>
                    }) }
                </select>
                <button id="add-photo" class="button small" onclick={choose}><Icon name="camera" />{ "加照片" }</button>
                <input id="photo-file" type="file" hidden=true multiple=true
                    accept="image/jpeg,image/png,application/pdf" onchange={add} />
            </p>
            if !case.attachments.is_empty() {
                <ul class="body">
                    { for case.attachments.iter().map(|view| html! {
                        <Thumb key={view.hash.to_string()} case_no={case.case_no.clone()} view={view.clone()} />
                    }) }
                </ul>
            }
        </section>
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
            <button class="thumb" onclick={open} disabled={!view.here} title={format!("{}，{}", view.name, view.by)}>
                if let Some(content) = &small.data {
                    <img src={format!("data:image/jpeg;base64,{}", content.content)} alt={view.name.clone()} />
                } else {
                    <Icon name={if view.here { "file-text" } else { "hourglass" }} />
                }
            </button>
            <span class="clip">{ &view.name }</span>
            if view.here { <Reach at={view.reach} /> } else { <span class="faint">{ "还没传到本机" }</span> }
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
    let close = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Back))
    };
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
    html! {
        <div class="veil">
            <section class="dialog wide photo" role="dialog" aria-modal="true" aria-label="照片">
                <header class="row">
                    <h2>{ "照片" }</h2><span class="spring" />
                    <button class="button small" onclick={save}><Icon name="save" />{ "存成文件" }</button>
                    <button id="photo-close" class="button small quiet" onclick={close}>{ "关上" }<kbd>{ "Esc" }</kbd></button>
                </header>
                <Trouble failure={answer.failure.clone()} />
                if let Some(content) = &answer.data {
                    if content.media_type.starts_with("image/") {
                        <div class="scroll" tabindex="0">
                            <img src={format!("data:{};base64,{}", content.media_type, content.content)} alt="照片" />
                        </div>
                    } else {
                        <p class="soft">{ "这是一份 PDF 扫描件。存成文件，再用看 PDF 的程序打开。" }</p>
                    }
                }
                <p class="small soft" role="status">
                    if let Some(file) = &*saved { { "存好了：" }<span class="path">{ file }</span> }
                </p>
            </section>
        </div>
    }
}
