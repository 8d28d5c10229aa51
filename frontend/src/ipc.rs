//! The one place that speaks to the desk behind the window: Tauri's `invoke` and `event.listen`.

use crate::texts::marks as texts;
use daiban_contract::{Code, Failure, MOVED, Request};
use js_sys::{Function, JSON, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Sends a question or an act and gives its answer.
pub async fn ask<R: Request>(request: R) -> Result<R::Answer, Failure> {
    let arguments = serde_json::json!({ "name": R::NAME, "body": request }).to_string();
    let arguments = JSON::parse(&arguments).map_err(unreadable)?;
    let answer = call("core", "invoke", &JsValue::from_str("ask"), &arguments).await.map_err(refused)?;
    serde_json::from_str(&text(&answer))
        .map_err(|error| internal(texts::unreadable_answer(&error.to_string())))
}

/// Runs `redraw` whenever something in the database moved without this page's doing. Lasts as long as the window.
pub fn on_moved(redraw: impl Fn() + 'static) {
    spawn_local(async move {
        let handler = Closure::<dyn Fn(JsValue)>::new(move |_| redraw());
        // Outside the real window nothing moves the database behind the page's back.
        if call("event", "listen", &JsValue::from_str(MOVED), handler.as_ref()).await.is_ok() {
            handler.forget();
        }
    });
}

/// `window.__TAURI__.<module>.<function>(first, second)`, awaited.
async fn call(module: &str, function: &str, first: &JsValue, second: &JsValue) -> Result<JsValue, JsValue> {
    let mut value: JsValue = js_sys::global().into();
    for key in ["__TAURI__", module, function] {
        value = Reflect::get(&value, &key.into())?;
    }
    let function: Function = value.dyn_into()?;
    let promise: Promise = function.call2(&JsValue::NULL, first, second)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// A failure as the desk sent it; anything else is a defect on one of the two sides.
fn refused(error: JsValue) -> Failure {
    serde_json::from_str(&text(&error)).unwrap_or_else(|_| unreadable(error))
}

fn unreadable(error: JsValue) -> Failure {
    internal(texts::not_speaking(&format!("{error:?}")))
}

fn internal(message: String) -> Failure {
    Failure::new(Code::Internal, message)
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).ok().map(String::from).unwrap_or_default()
}
