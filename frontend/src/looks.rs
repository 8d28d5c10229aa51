//! How this window looks, kept for the next start: large text, dark colours. No data of any case is kept here.

use web_sys::{Element, Storage};

/// A class of the root element that the person switches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Large,
    Dark,
}

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

/// Switches a look and gives whether it is now on.
pub fn toggle(look: Look) -> bool {
    let on = root().and_then(|root| root.class_list().toggle(look.class()).ok()).unwrap_or_default();
    if let Some(storage) = storage() {
        // A full or forbidden storage costs the memory of it, not the look.
        let _ = if on { storage.set_item(look.class(), "1") } else { storage.remove_item(look.class()) };
    }
    on
}

/// Brings back what was on when the window was last closed.
pub fn restore() {
    for look in [Look::Large, Look::Dark] {
        let kept = storage().and_then(|storage| storage.get_item(look.class()).ok()?);
        if let (Some(_), Some(root)) = (kept, root()) {
            let _ = root.class_list().add_1(look.class());
        }
    }
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
