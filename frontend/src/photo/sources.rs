//! Photos that are dropped or pasted.

use crate::dom;
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{ClipboardEvent, DragEvent};
use yew::prelude::*;

/// What the desk takes.
pub const KINDS: [&str; 3] = ["image/jpeg", "image/png", "application/pdf"];

/// Hands over what was dropped, as data URLs.
pub fn dropped(event: &DragEvent, then: impl Fn(String) + 'static) {
    event.prevent_default();
    if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
        dom::read_files(&files, &KINDS, then);
    }
}

/// Hands over what is pasted anywhere on the page, but for text into a field.
#[hook]
pub fn use_pasted(then: Callback<String>) {
    let latest = use_mut_ref(|| None::<Callback<String>>);
    *latest.borrow_mut() = Some(then);
    use_effect_with((), move |()| {
        let listener = Closure::<dyn Fn(ClipboardEvent)>::new(move |event: ClipboardEvent| {
            let files = event.clipboard_data().and_then(|data| data.files());
            let then = latest.borrow().clone();
            if let (Some(files), Some(then)) = (files.filter(|files| files.length() > 0), then) {
                event.prevent_default();
                dom::read_files(&files, &KINDS, move |url| then.emit(url));
            }
        });
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(document) = &document {
            let _ = document.add_event_listener_with_callback("paste", listener.as_ref().unchecked_ref());
        }
        let listener = Rc::new(listener);
        move || {
            if let Some(document) = document {
                let heard = (*listener).as_ref().unchecked_ref();
                let _ = document.remove_event_listener_with_callback("paste", heard);
            }
        }
    });
}
