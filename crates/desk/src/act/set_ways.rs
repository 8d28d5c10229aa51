use crate::{Desk, Trouble, ask::sync};
use daiban_contract::{Code, act::SetWays, view::SyncView};
use daiban_domain::{Instant, Level};
use daiban_exchange::client::is_this_machine;
use std::net::ToSocketAddrs;

/// Where a relay listens unless another port is named.
const PORT: u16 = 7622;

impl Desk {
    pub fn set_ways(&self, request: SetWays, now: Instant) -> Result<SyncView, Trouble> {
        self.in_earnest()?;
        self.with(|replica| {
            let mut ways = replica.ways()?;
            if let Some(call) = request.call {
                ways.call = call_address(&call);
            }
            if let Some(listen) = request.listen {
                ways.listen = listen_address(&listen);
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
            sync::view(replica, &self.serving(), now)
        })
    }
}

/// `https://host:port` of what a person types for it, with the marks of a Chinese keyboard; `http` on this very machine.
fn call_address(typed: &str) -> String {
    let typed = plain(typed);
    if typed.is_empty() {
        return typed;
    }
    let rest = typed.split_once("://").map_or(typed.as_str(), |(_, rest)| rest);
    let address = with_port(rest.trim_end_matches('/'));
    let host = address.rsplit_once(':').map_or(address.as_str(), |(host, _)| host);
    let scheme = if is_this_machine(host) { "http" } else { "https" };
    format!("{scheme}://{address}")
}

/// `host:port` of what a person types for it; a port alone means every address of this machine.
fn listen_address(typed: &str) -> String {
    let typed = plain(typed);
    match typed.as_str() {
        "" => typed,
        port if port.parse::<u16>().is_ok() => format!("0.0.0.0:{port}"),
        host => with_port(host),
    }
}

fn with_port(host: &str) -> String {
    let named = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    if named { host.to_owned() } else { format!("{host}:{PORT}") }
}

fn plain(typed: &str) -> String {
    let ascii = |c| match c {
        '：' => ':',
        '。' | '．' => '.',
        '／' => '/',
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        other => other,
    };
    typed.chars().filter(|c| !c.is_whitespace()).map(ascii).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_as_people_type_them() {
        for (typed, address) in [
            ("", ""),
            ("  ", ""),
            ("192.168.1.8", "https://192.168.1.8:7622"),
            (" 192.168.1.8:80 ", "https://192.168.1.8:80"),
            ("192。168。1。8：７６２２", "https://192.168.1.8:7622"),
            ("http://qingyuan:7622/", "https://qingyuan:7622"),
            ("https://qingyuan", "https://qingyuan:7622"),
            ("https://[fe80::1]", "https://[fe80::1]:7622"),
            ("127.0.0.1:7700", "http://127.0.0.1:7700"),
        ] {
            assert_eq!(call_address(typed), address, "{typed}");
        }
        for (typed, address) in [
            ("", ""),
            ("7700", "0.0.0.0:7700"),
            ("0.0.0.0：7622", "0.0.0.0:7622"),
            ("192.168.1.8", "192.168.1.8:7622"),
        ] {
            assert_eq!(listen_address(typed), address, "{typed}");
        }
    }
}
