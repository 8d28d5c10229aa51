//! A township's desk that serves its villages, on port 0.

use crate::{County, at};
use daiban_desk::{Desk, Limits};
use std::sync::Arc;
use tokio::{net::TcpListener, task::JoinHandle};

/// Serves until it is dropped.
pub struct Relay {
    pub url: String,
    serving: JoinHandle<()>,
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Relay {
    /// On the folder of one of a county's desks, beside whoever has it open.
    pub async fn of(county: &County, desk: &str) -> Self {
        let desk: Arc<Desk> = Arc::new(county.desk(desk));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move {
            desk.serve_relay(listener, Limits::default(), || at("03-05T09:00"), std::future::pending())
                .await
                .unwrap();
        });
        Self { url, serving }
    }
}
