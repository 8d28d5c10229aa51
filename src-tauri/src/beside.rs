//! What happens beside the work: an exchange every minute, a backup when one is due, the township's relay, and a look whether another program wrote
//! to the folder, a village called or a stick was put in.

use crate::now;
use daiban_contract::{MOVED, act, ask};
use daiban_desk::{Desk, stick_folders};
use std::{sync::Arc, time::Duration};
use tauri::{AppHandle, Emitter};

const EXCHANGE_EVERY: u32 = 60;
const LOOK_EVERY: Duration = Duration::from_secs(1);

pub fn start(app: AppHandle, desk: Arc<Desk>) {
    tauri::async_runtime::spawn(async move {
        desk.keep_relay(now).await;
        let mut seen = (desk.data_version(), stick_folders());
        let mut seconds = 0;
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            seconds += 1;
            let mut moved = desk.keep_relay(now).await;
            if seconds % EXCHANGE_EVERY == 0 {
                back_up(app.clone(), desk.clone());
                // A failure is recorded by the desk and shown by the page.
                let exchanged = desk.exchange(act::Exchange::default(), now()).await;
                moved |= exchanged.map_or(true, |done| {
                    done.sent + done.received + done.attachments_sent + done.attachments_received > 0
                });
            }
            let current = (desk.data_version(), stick_folders());
            moved |= current != seen;
            seen = current;
            if moved {
                tell(&app, &desk);
            }
        }
    });
}

/// Takes its time on a thread of its own; while one is under way another does nothing.
fn back_up(app: AppHandle, desk: Arc<Desk>) {
    tauri::async_runtime::spawn_blocking(move || {
        if desk.back_up_when_due(now()) {
            tell(&app, &desk);
        }
    });
}

/// A desk that answers nothing any more (it has just been revoked) has moved as well.
fn tell(app: &AppHandle, desk: &Desk) {
    if let Err(error) = app.emit(MOVED, desk.sync(ask::Sync {}, now()).ok()) {
        tracing::warn!(%error, "the page can't be told");
    }
}
