//! The window: hands the page's requests to the desk and tells the page when something moved. The clock is read here.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod beside;
#[cfg(target_os = "linux")]
mod camera;
#[cfg(target_os = "linux")]
mod draw;
mod pick;
mod place;

use daiban_contract::{
    Code, Failure, Request,
    act::SaveSupport,
    ask::{FullScreen, Pick},
};
use daiban_desk::{Desks, save_support};
use daiban_domain::Instant;
use daiban_support::log;
use serde_json::{Value, json};
use std::{sync::Arc, time::SystemTime};
use tauri::{AppHandle, Manager, State};

/// The one command: a request by name, with its JSON.
#[tauri::command]
async fn ask(name: String, body: Value, desk: State<'_, Opened>, app: AppHandle) -> Result<Value, Failure> {
    if name == Pick::NAME {
        return pick::pick(&app, body).await;
    }
    if name == FullScreen::NAME {
        return full_screen(&app, body);
    }
    let desks = match desk.inner().0.clone() {
        Err(why) if name == SaveSupport::NAME => {
            let saved = save_support(&place::from_env(), &why, SaveSupport::default(), now())?;
            return Ok(json!(saved));
        }
        opened => opened?,
    };
    // SQLite, automerge and fonts take their time; the webview's thread must not.
    let handle = tokio::runtime::Handle::current();
    let answer = tokio::task::spawn_blocking(move || handle.block_on(desks.answer(&name, body, now())));
    answer.await.unwrap_or_else(|_| {
        Err(Failure::new(Code::Internal, "程序内部出错，这一步没有保存，先前的都在。请再试一次。"))
    })
}

/// Fills the screen with the window while it is turned to a resident.
fn full_screen(app: &AppHandle, body: Value) -> Result<Value, Failure> {
    let FullScreen { on } =
        serde_json::from_value(body).map_err(|_| Failure::new(Code::BadInput, "请求读不懂：FullScreen。"))?;
    if let Some(Err(error)) = app.get_webview_window("main").map(|window| window.set_fullscreen(on)) {
        tracing::warn!(%error, "the window stays as large as it is");
    }
    Ok(Value::Null)
}

/// The desks, or why the real one could not be opened: the window says so instead of closing.
struct Opened(Result<Arc<Desks>, Failure>);

fn main() {
    daiban_desk::core_dump::switch_off();
    let place = place::from_env();
    log::begin(&place.data, &[(&place.keys, "<keys>")], "warn", now);
    let desks = Desks::open(place).map(Arc::new);
    let run = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Opened(desks.clone()))
        .setup(move |app| {
            if let Ok(desks) = desks {
                beside::start(app.handle().clone(), desks.real().clone());
            }
            if let Some(window) = app.get_webview_window("main") {
                window.set_title("代办通")?;
                // A page that was built for looking at, `#gallery`: the window people get has none.
                if let Ok(page) = std::env::var("DAIBAN_PAGE") {
                    let mut url = window.url()?;
                    url.set_fragment(Some(&page));
                    window.navigate(url)?;
                }
                #[cfg(target_os = "linux")]
                window.with_webview(|webview| {
                    revive(&webview.inner());
                    draw::by_what_there_is(&webview.inner());
                    camera::let_in(&webview.inner());
                })?;
            }
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![ask])
        .run(tauri::generate_context!());
    if let Err(error) = run {
        tracing::error!(%error, "the window can't be opened");
        std::process::exit(1);
    }
}

/// A page whose process has died is drawn anew: what was saved is in the database, and a blank window helps nobody.
#[cfg(target_os = "linux")]
fn revive(page: &webkit2gtk::WebView) {
    use webkit2gtk::WebViewExt;
    page.connect_web_process_terminated(|page, reason| {
        tracing::error!(?reason, "the page's process has died");
        page.reload();
    });
}

/// The clock, or what `DAIBAN_NOW` says it is.
pub(crate) fn now() -> Instant {
    std::env::var("DAIBAN_NOW").ok().and_then(|text| text.parse().ok()).unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Instant(since.as_millis() as i64)
    })
}
