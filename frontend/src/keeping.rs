//! What is being filled in, as the desk keeps it: the window may be closed, the laptop may lose its power.

use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// After the last key, ms.
const PAUSE_MS: u32 = 600;

/// Keeps it a moment after the last key and when its page is left, as long as that is wanted.
#[hook]
pub fn use_keeping<B: PartialEq + 'static>(begun: Rc<B>, wanted: bool, keep: Callback<Rc<B>>) {
    let latest = use_mut_ref(|| None::<Rc<B>>);
    *latest.borrow_mut() = Some(begun.clone()).filter(|_| wanted);
    {
        let keep = keep.clone();
        use_effect_with((begun, wanted), move |(begun, wanted)| {
            let begun = begun.clone();
            let waiting = wanted.then(|| Timeout::new(PAUSE_MS, move || keep.emit(begun)));
            move || drop(waiting)
        });
    }
    use_effect_with((), move |()| {
        move || {
            let left = latest.borrow().clone();
            left.into_iter().for_each(|begun| keep.emit(begun));
        }
    });
}

/// By which the desk knows it again.
pub fn number() -> u32 {
    1 + (js_sys::Math::random() * f64::from(u32::MAX - 1)) as u32
}
