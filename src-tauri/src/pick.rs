//! The system's own dialog for a file that came on a stick, or for a folder to put one in.

use daiban_contract::{
    Code, Failure,
    ask::{Pick, Pickable},
};
use serde_json::Value;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

/// The path that was picked, as JSON; null if the person thought better of it.
pub async fn pick(app: &AppHandle, body: Value) -> Result<Value, Failure> {
    let Pick { what } =
        serde_json::from_value(body).map_err(|_| Failure::new(Code::BadInput, "请求读不懂：Pick。"))?;
    let (picked, answer) = oneshot::channel();
    let mut dialog = app.dialog().file();
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    // The page may be gone before the person has chosen.
    let send = move |path| drop(picked.send(path));
    match what {
        Pickable::Folder => dialog.set_title("哪个文件夹").pick_folder(send),
        Pickable::File => {
            dialog.set_title("取哪个文件").add_filter("代办通的文件", &["bundle", "answer"]).pick_file(send);
        }
        Pickable::Table => {
            dialog.set_title("取哪张表").add_filter("表格", &["xlsx", "csv"]).pick_file(send);
        }
        Pickable::Document => {
            let endings = ["pdf", "jpg", "jpeg", "png"];
            dialog.set_title("取哪个附件").add_filter("PDF、照片", &endings).pick_file(send);
        }
    }
    let path = answer.await.ok().flatten();
    Ok(path.map_or(Value::Null, |path| path.to_string().into()))
}
