//! What the scanner has written lately: offered while the case is open, taken only by a press.

use crate::{
    ipc,
    live::{Told, use_here},
    texts::photos as texts,
    widgets::{PickButton, Pickable, TextField},
    words,
};
use daiban_contract::{
    act::SetScanFolder,
    ask,
    view::{AttachmentContent, ScansView},
};
use gloo_timers::callback::Interval;
use std::{collections::BTreeSet, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Between two looks, ms.
const LOOK_MS: u32 = 4_000;

/// More than anybody looks for beside a case.
const SHOWN: usize = 6;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// A scan, as a data URL.
    pub on_scan: Callback<String>,
}

#[component]
pub fn Scans(Props { on_scan }: &Props) -> Html {
    let here = use_here();
    let view = use_state_eq(|| None::<Rc<ScansView>>);
    let open = use_state_eq(|| false);
    let taken = use_state_eq(BTreeSet::<String>::new);
    {
        let view = view.clone();
        use_effect_with(*open, move |open| {
            let look = move || {
                let view = view.clone();
                spawn_local(async move {
                    // A folder that can't be read says so itself.
                    if let Ok(scans) = ipc::ask(ask::Scans {}).await {
                        view.set(Some(Rc::new(scans)));
                    }
                });
            };
            let watching = open.then(|| {
                look();
                Interval::new(LOOK_MS, look)
            });
            move || drop(watching)
        });
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let button = html! {
        <button id="scans" class="button small quiet" aria-expanded={open.to_string()} onclick={toggle}>{ texts::scanner() }</button>
    };
    let Some(scans) = view.as_ref().filter(|_| *open) else { return button };
    let take = |name: &str| {
        let (here, taken, on_scan, name) = (here.clone(), taken.clone(), on_scan.clone(), name.to_owned());
        Callback::from(move |_: MouseEvent| {
            let (taken, on_scan, name) = (taken.clone(), on_scan.clone(), name.clone());
            here.ask(ask::Scan { name: name.clone() }, move |AttachmentContent { media_type, content }| {
                let mut next = (*taken).clone();
                next.insert(name);
                taken.set(next);
                on_scan.emit(format!("data:{media_type};base64,{content}"));
            });
        })
    };
    let on_set = {
        let view = view.clone();
        Callback::from(move |scans: ScansView| view.set(Some(Rc::new(scans))))
    };
    html! {
        <>
            { button }
            <div class="scans">
                <Folder key={scans.folder.clone()} folder={scans.folder.clone()} {on_set} />
                if scans.away { <p class="doubt-box dense">{ texts::away() }</p> }
                if !scans.folder.is_empty() && !scans.away && scans.files.is_empty() {
                    <p class="small soft">{ texts::nothing() }</p>
                }
                <ul class="lines">
                    { for scans.files.iter().take(SHOWN).map(|scan| html! {
                        <li key={scan.name.clone()} class="row" data-scan={scan.name.clone()}>
                            <span class="clip spring small" title={scan.name.clone()}>{ &scan.name }</span>
                            <span class="small faint">{ words::moment(scan.at, here.desk.today) }</span>
                            if taken.contains(&scan.name) { <span class="small faint">{ texts::taken() }</span> }
                            <button class="button tiny quiet" onclick={take(&scan.name)}>{ texts::take() }</button>
                        </li>
                    }) }
                </ul>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct FolderProps {
    folder: AttrValue,
    on_set: Callback<ScansView>,
}

#[component]
fn Folder(FolderProps { folder, on_set }: &FolderProps) -> Html {
    let here = use_here();
    let typed = use_state_eq(|| folder.is_empty().then(String::new));
    let Some(text) = (*typed).clone() else {
        let (typed, stands) = (typed.clone(), folder.to_string());
        let change = Callback::from(move |_: MouseEvent| typed.set(Some(stands.clone())));
        return html! {
            <p class="row small">
                <span class="path spring soft">{ folder }</span>
                <button id="change-scan-folder" class="button tiny quiet" onclick={change}>{ texts::change_folder() }</button>
            </p>
        };
    };
    let on_value = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(Some(text)))
    };
    let onsubmit = {
        let (here, on_set, folder) = (here.clone(), on_set.clone(), text.trim().to_owned());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let on_set = on_set.clone();
            here.act(SetScanFolder { folder: folder.clone() }, move |outcome| {
                outcome.into_iter().for_each(|scans| on_set.emit(scans));
            });
        })
    };
    html! {
        <form class="stack" {onsubmit}>
            <TextField id="scan-folder" label={texts::folder()} value={text} on_value={on_value.clone()}>
                <PickButton what={Pickable::Folder} id="scan-folder-pick" on_pick={on_value} on_failure={here.tell.reform(Told::Failed)} />
            </TextField>
            <button id="set-scan-folder" class="button small">{ texts::folder_set() }</button>
        </form>
    }
}
