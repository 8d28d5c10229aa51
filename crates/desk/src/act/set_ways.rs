use crate::{Desk, Trouble, ask::sync};
use daiban_contract::{Code, act::SetWays, view::SyncView};
use daiban_domain::{Instant, Level};
use std::net::ToSocketAddrs;

impl Desk {
    pub fn set_ways(&self, request: SetWays, now: Instant) -> Result<SyncView, Trouble> {
        self.with(|replica| {
            let mut ways = replica.ways()?;
            if let Some(call) = request.call {
                let call = call.trim();
                let whole = call.is_empty() || call.contains("://");
                ways.call = if whole { call.to_owned() } else { format!("http://{call}") };
            }
            if let Some(listen) = request.listen {
                ways.listen = listen.trim().to_owned();
            }
            if !ways.listen.is_empty() {
                if replica.identity().unit.level() == Level::Village {
                    let message = "村里的电脑不能给别的村转接。请在乡镇的电脑上打开。";
                    return Err(Trouble::new(Code::NotAllowed, message));
                }
                if ways.listen.to_socket_addrs().is_err() {
                    let message = "转接地址要写成 0.0.0.0:7622 这样：地址、冒号、端口。";
                    return Err(Trouble::new(Code::BadInput, message));
                }
            }
            replica.set_ways(&ways)?;
            sync::view(replica, now)
        })
    }
}
