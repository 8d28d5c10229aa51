//! How this window looks and speaks, kept for the next start: large text, dark colours, language. No data of any case is kept here.

use crate::texts::{self, Language};
use web_sys::{Element, Event, Storage};

/// A class of the root element that the person switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Large,
    Dark,
}

/// Where the language is kept.
const LANGUAGE: &str = "language";

impl Look {
    pub fn class(self) -> &'static str {
        match self {
            Look::Large => "large",
            Look::Dark => "dark",
        }
    }

    pub fn on(self) -> bool {
        root().is_some_and(|root| root.class_list().contains(self.class()))
    }
}

/// What was kept under a name.
pub fn kept(name: &str) -> String {
    storage().and_then(|storage| storage.get_item(name).ok()?).unwrap_or_default()
}

/// Keeps how something looks for the next start.
pub fn keep(name: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, value);
    }
}

/// Switches a look.
pub fn toggle(look: Look) {
    let on = root().and_then(|root| root.class_list().toggle(look.class()).ok()).unwrap_or_default();
    if let Some(storage) = storage() {
        // A full or forbidden storage costs the memory of it, not the look.
        let _ = if on { storage.set_item(look.class(), "1") } else { storage.remove_item(look.class()) };
    }
    // What goes by the size of text is measured anew.
    if let (Some(window), Ok(resized)) = (web_sys::window(), Event::new("resize")) {
        let _ = window.dispatch_event(&resized);
    }
}

/// Brings back what was on when the window was last closed.
pub fn restore() {
    for look in [Look::Large, Look::Dark] {
        let kept = storage().and_then(|storage| storage.get_item(look.class()).ok()?);
        if let (Some(_), Some(root)) = (kept, root()) {
            let _ = root.class_list().add_1(look.class());
        }
    }
    let kept = storage().and_then(|storage| storage.get_item(LANGUAGE).ok()?);
    if kept.as_deref() == Some(Language::English.tag()) {
        speak(Language::English);
    }
}

/// Has the window speak a language from now on.
pub fn speak(language: Language) {
    texts::speak(language);
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", language.tag());
    }
    if let Some(storage) = storage() {
        let _ = storage.set_item(LANGUAGE, language.tag());
    }
}

/// Where it is kept that requests are recorded step by step.
const STEPWISE: &str = "stepwise";

/// Whether requests are recorded step by step, not all on one page.
pub fn stepwise() -> bool {
    storage().and_then(|storage| storage.get_item(STEPWISE).ok()?).is_some()
}

pub fn set_stepwise(on: bool) {
    if let Some(storage) = storage() {
        let _ = if on { storage.set_item(STEPWISE, "1") } else { storage.remove_item(STEPWISE) };
    }
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
