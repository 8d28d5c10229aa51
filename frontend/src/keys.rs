//! Keys pressed anywhere in the window. An element has them first, then the page, then the window.

use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::EventTarget;
use yew::prelude::*;

/// Hears the keys that no element has taken. `handle` answers whether it took the key; then the webview's own meaning
/// of it (reload, search, scroll) is switched off.
#[hook]
pub fn use_page_keys(handle: impl Fn(&KeyboardEvent) -> bool + 'static) {
    use_keys(|| web_sys::window()?.document().map(EventTarget::from), handle);
}

/// Hears the keys that no element and no page has taken.
#[hook]
pub fn use_window_keys(handle: impl Fn(&KeyboardEvent) -> bool + 'static) {
    use_keys(|| web_sys::window().map(EventTarget::from), handle);
}

#[hook]
fn use_keys(
    target: impl FnOnce() -> Option<EventTarget> + 'static,
    handle: impl Fn(&KeyboardEvent) -> bool + 'static,
) {
    let latest = use_mut_ref(|| None::<Rc<dyn Fn(&KeyboardEvent) -> bool>>);
    *latest.borrow_mut() = Some(Rc::new(handle));
    use_effect_with((), move |()| {
        let listener = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            // An input method uses Enter, Esc and the arrows for itself while it composes.
            if event.default_prevented() || event.is_composing() {
                return;
            }
            let handle = latest.borrow().clone();
            if handle.is_some_and(|handle| handle(&event)) {
                event.prevent_default();
            }
        });
        let target = target();
        if let Some(target) = &target {
            let _ = target.add_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
        }
        move || {
            if let Some(target) = target {
                let _ =
                    target.remove_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
            }
        }
    });
}
