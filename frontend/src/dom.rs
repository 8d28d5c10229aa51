//! The few reaches around Yew into the page.

use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Element, Event, EventTarget, FileList, FileReader, HtmlElement, HtmlInputElement, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};
use yew::{InputEvent, KeyboardEvent, TargetCast};

pub fn find(selector: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// Puts the focus on the first element that matches, if there is one.
pub fn focus(selector: &str) -> bool {
    find(selector).is_some_and(|element| element.focus().is_ok())
}

/// Puts the focus on one of the elements that stand in a row with the one a key was pressed on.
pub fn focus_among(event: &KeyboardEvent, at: usize) {
    let pressed = event.target_dyn_into::<Element>().and_then(|element| element.parent_element());
    let other = pressed.and_then(|row| row.children().item(at as u32));
    other
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        .into_iter()
        .for_each(|element| _ = element.focus());
}

/// What has the focus.
pub fn focused() -> Option<HtmlElement> {
    web_sys::window()?.document()?.active_element()?.dyn_into().ok()
}

pub fn has_focus(element: &HtmlElement) -> bool {
    focused().is_some_and(|focused| focused == *element)
}

/// Where Tab stops in an element.
pub fn stops(element: &HtmlElement) -> Vec<HtmlElement> {
    let selector = "button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex='0']";
    let found = element.query_selector_all(selector).ok();
    let found =
        found.iter().flat_map(|found| (0..found.length()).filter_map(|n| found.get(n)?.dyn_into().ok()));
    found.filter(|stop: &HtmlElement| stop.tab_index() >= 0 && stop.offset_height() > 0).collect()
}

/// The id of the element that has the focus.
pub fn focused_id() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.active_element()).map(|element| element.id()).unwrap_or_default()
}

/// Puts the focus on the next element of those that match, or the one before; gives which one has it then.
pub fn focus_beside(selector: &str, forward: bool) -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    let (all, focused) = (document.query_selector_all(selector).ok()?, document.active_element()?);
    let all: Vec<HtmlElement> = (0..all.length()).filter_map(|n| all.get(n)?.dyn_into().ok()).collect();
    let at = all.iter().position(|one| **one == focused);
    let to = match (at, forward) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at.checked_sub(1)?,
        (None, _) => 0,
    };
    let to = all.get(to)?;
    to.focus().ok()?;
    Some(to.clone())
}

/// Scrolls the element just far enough to be seen.
pub fn reveal(selector: &str) {
    if let Some(element) = find(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Shows an element's content from its beginning.
pub fn scroll_to_top(selector: &str) {
    if let Some(element) = find(selector) {
        element.set_scroll_top(0);
    }
}

/// The text of an input, a select or a text area after an event on it.
pub fn value(event: &InputEvent) -> String {
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|input| input.value())
        .or_else(|| area(event))
        .unwrap_or_default()
}

/// Hands over each file that was chosen in an input, as a data URL, and empties the input: the same file may be chosen again.
pub fn chosen_files(event: &Event, then: impl Fn(String) + 'static) {
    let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
    if let Some(files) = input.files() {
        read_files(&files, &[], then);
    }
    input.set_value("");
}

/// Hands over each file of these kinds, as a data URL; of any kind, if none is named.
pub fn read_files(files: &FileList, kinds: &[&str], then: impl Fn(String) + 'static) {
    let then = Rc::new(then);
    for file in (0..files.length()).filter_map(|n| files.get(n)) {
        if !kinds.is_empty() && !kinds.contains(&file.type_().as_str()) {
            continue;
        }
        let Ok(reader) = FileReader::new() else { continue };
        let (then, read) = (then.clone(), reader.clone());
        let loaded = Closure::once_into_js(move || {
            if let Some(url) = read.result().ok().and_then(|result| result.as_string()) {
                then(url);
            }
        });
        reader.set_onload(loaded.dyn_ref());
        let _ = reader.read_as_data_url(&file);
    }
}

fn area(event: &InputEvent) -> Option<String> {
    event.target_dyn_into::<web_sys::HtmlTextAreaElement>().map(|area| area.value())
}

/// The id of what a key was pressed on.
pub fn target_id(target: Option<EventTarget>) -> String {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .map(|element| element.id())
        .unwrap_or_default()
}

/// Letters and arrows belong to the element the key was pressed on.
pub fn takes_text(target: Option<EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Enter belongs to the element the key was pressed on.
pub fn takes_enter(target: Option<EventTarget>) -> bool {
    target.and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT" | "BUTTON" | "A")
    })
}

/// Inserts text where the caret stands and leaves the caret behind it; gives the whole new text.
pub fn insert_at_caret(id: &str, text: &str) -> Option<String> {
    let input: HtmlInputElement = find(&format!("#{id}"))?.dyn_into().ok()?;
    let start = input.selection_start().ok()??;
    let end = input.selection_end().ok()??;
    // The DOM counts UTF-16 units; a rare character takes two.
    let mut units: Vec<u16> = input.value().encode_utf16().collect();
    let inserted: Vec<u16> = text.encode_utf16().collect();
    let after = start + inserted.len() as u32;
    units.splice(start as usize..end as usize, inserted);
    let whole = String::from_utf16_lossy(&units);
    input.set_value(&whole);
    let _ = input.focus();
    let _ = input.set_selection_range(after, after);
    Some(whole)
}

/// Whether something lies in an element that matches.
pub fn within(selector: &str, target: Option<EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}
