//! 同步: where the records are, by receipts, and sending them now.

use crate::{
    ipc,
    live::{use_answer, use_here},
    parts::{Icon, Trouble},
    words,
};
use daiban_contract::{
    Failure, act, ask,
    view::{Exchanged, SyncView},
};
use jiff::civil::Date;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub fn SyncPage() -> Html {
    let here = use_here();
    let sync = use_answer(Some(ask::Sync {}));
    let running = use_state_eq(|| false);
    let result = use_state_eq(|| None::<Result<Exchanged, Failure>>);
    let exchange = |attachments: bool| {
        let (touch, running, result) = (here.touch.clone(), running.clone(), result.clone());
        Callback::from(move |_: MouseEvent| {
            running.set(true);
            let (touch, running, result) = (touch.clone(), running.clone(), result.clone());
            // Its outcome has a place of its own on this page.
            spawn_local(async move {
                let outcome = ipc::ask(act::Exchange { attachments }).await;
                running.set(false);
                result.set(Some(outcome));
                touch.emit(());
            });
        })
    };
    let today = here.desk.today;
    html! {
        <div class="page sync">
            <div class="head row">
                <h1>{ sync.data.as_ref().map(|view| view.says.clone()) }</h1><span class="spring" />
                if sync.data.as_ref().is_some_and(|view| view.metered && view.attachments_waiting > 0) {
                    <button id="sync-photos" class="button" onclick={exchange(true)} disabled={*running}>
                        <Icon name="camera" />{ "照片也送" }
                    </button>
                }
                <button id="sync-now" class="button primary" onclick={exchange(false)} disabled={*running}>
                    <Icon name="refresh-cw" />{ if *running { "正在送" } else { "立即同步" } }
                </button>
            </div>
            <Trouble failure={sync.failure.clone()} />
            if let Some(view) = &sync.data {
                { stations(view, today) }
                if let Some(off) = &view.clock_off {
                    <section class="doubt-box" id="clock-off">{ &off.says }</section>
                }
                <section class="card words">
                    <header><h2>{ "这一次" }</h2></header>
                    <div class="body">
                        <p id="sync-result" data-done={matches!(&*result, Some(Ok(_))).to_string()}>
                            { match &*result {
                                Some(Ok(done)) => done_says(done),
                                Some(Err(failure)) => failure.message.clone(),
                                None => "网通着的时候，每分钟自动送一次。不用等，也可以现在送。".to_owned(),
                            } }
                        </p>
                        if let (Some(failure), None) = (&view.last_failure, &*result) {
                            <p class="soft">{ format!("{} 试过，没送成：{}", words::moment(failure.at, today), failure.message) }</p>
                        }
                        <p class="dense soft">{ "送出去、县中心盖了回执，才算“县中心已收到”。没送出的都在本机，不会丢。" }</p>
                        <dl class="facts">
                            <dt>{ "县中心服务器" }</dt><dd id="hub">{ &view.hub }</dd>
                            <dt>{ "这台机器" }</dt><dd>{ format!("{}（{}）", here.desk.device, here.desk.tag) }</dd>
                            <dt>{ "还没送出" }</dt><dd>{ format!("{} 件，{} 条", view.pending_cases, view.pending) }</dd>
                            if let Some(backup) = view.county_backup {
                                <dt>{ "县中心备份" }</dt><dd>{ words::moment(backup, today) }</dd>
                            }
                            if view.attachments_waiting + view.attachments_missing > 0 {
                                <dt>{ "照片" }</dt><dd id="photos">{ photos_say(view) }</dd>
                            }
                        </dl>
                    </div>
                </section>
                <section class="card words">
                    <header><h2>{ "四个标记" }</h2></header>
                    <div class="body marks">
                        { for [("HERE", "已存本机", "断电也在，还没送到别处。"), ("TOWNSHIP", "乡镇已收到", "乡镇那台机器盖了回执。"),
                            ("COUNTY", "县中心已收到", "县中心盖了回执。这台机器坏了也不怕。"),
                            ("RESEND", "待重传", "县中心收到过，后来用旧备份恢复了。会自动再送，不用管。")].map(|(at, name, says)| html! {
                            <p><span class="reach" data-mark={at}><i><b /></i><b>{ name }</b></span>{ says }</p>
                        }) }
                    </div>
                </section>
            }
        </div>
    }
}

fn stations(view: &SyncView, today: Date) -> Html {
    let receipt = view
        .last_receipt
        .map_or_else(|| "还没有回执".to_owned(), |at| format!("回执 {}", words::moment(at, today)));
    let cut = view.last_failure.is_some();
    html! {
        <section class="card stations">
            <div class="station">
                <Icon name="laptop" />
                <div>
                    <p class="dense soft">{ "本机" }</p><p><strong id="cases-here">{ view.cases }</strong>{ "件" }</p>
                    <p class="dense soft">
                        { if view.pending == 0 { "都送出了".to_owned() } else { format!("{} 件还没送出", view.pending_cases) } }
                    </p>
                </div>
            </div>
            <div class={classes!("link", cut.then_some("cut"))}>
                <span>{ if cut { "上次没连上" } else { "上次连上了" } }</span>
            </div>
            <div class="station">
                <Icon name="landmark" />
                <div>
                    <p class="dense soft">{ "县中心已收到" }</p>
                    <p><strong id="cases-at-county">{ view.cases_at_county }</strong>{ "件" }</p>
                    <p class="dense soft">{ receipt }</p>
                </div>
            </div>
        </section>
    }
}

fn photos_say(view: &SyncView) -> String {
    let kb = view.attachments_waiting_bytes.div_ceil(1024);
    let parts = [
        (view.attachments_waiting > 0).then(|| format!("{} 张还没送出（{kb} KB）", view.attachments_waiting)),
        (view.attachments_missing > 0).then(|| format!("{} 张还没传到本机", view.attachments_missing)),
        view.metered.then(|| "网按流量计费，点“照片也送”才送".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

/// What an exchange did, in words.
fn done_says(done: &Exchanged) -> String {
    let kb = (done.bytes_up + done.bytes_down).div_ceil(1024);
    let moved = match (done.sent, done.received) {
        (0, 0) => "两边都没有新的".to_owned(),
        (sent, 0) => format!("送出 {sent} 条"),
        (0, received) => format!("收到 {received} 条"),
        (sent, received) => format!("送出 {sent} 条，收到 {received} 条"),
    };
    let left = if done.pending == 0 {
        "本机没有未送的".to_owned()
    } else {
        format!("还有 {} 条没拿到回执", done.pending)
    };
    let photos = match (done.attachments_sent, done.attachments_received) {
        (0, 0) => String::new(),
        (sent, 0) => format!("照片送出 {sent} 张。"),
        (0, received) => format!("照片收到 {received} 张。"),
        (sent, received) => format!("照片送出 {sent} 张，收到 {received} 张。"),
    };
    let later = match (done.attachments_failed, done.attachments_waiting) {
        (_, waiting) if done.attachments_deferred => format!("网按流量计费，{waiting} 张照片先没送。"),
        (Some(_), _) => "照片这次没传完，下次接着传。".to_owned(),
        _ => String::new(),
    };
    format!("{moved}，用了 {kb} KB。{left}。{photos}{later}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_contract::Code;

    #[test]
    fn an_exchange_is_told_in_words() {
        let done = Exchanged { bytes_up: 1500, bytes_down: 600, requests: 1, ..Default::default() };
        for (done, expected) in [
            (done, "两边都没有新的，用了 3 KB。本机没有未送的。"),
            (Exchanged { sent: 2, ..done }, "送出 2 条，用了 3 KB。本机没有未送的。"),
            (Exchanged { received: 4, pending: 1, ..done }, "收到 4 条，用了 3 KB。还有 1 条没拿到回执。"),
            (Exchanged { sent: 2, received: 4, ..done }, "送出 2 条，收到 4 条，用了 3 KB。本机没有未送的。"),
            (
                Exchanged {
                    sent: 2,
                    attachments_sent: 1,
                    attachments_failed: Some(Code::HubUnreachable),
                    ..done
                },
                "送出 2 条，用了 3 KB。本机没有未送的。照片送出 1 张。照片这次没传完，下次接着传。",
            ),
            (
                Exchanged { attachments_waiting: 3, attachments_deferred: true, ..done },
                "两边都没有新的，用了 3 KB。本机没有未送的。网按流量计费，3 张照片先没送。",
            ),
        ] {
            assert_eq!(done_says(&done), expected);
        }
    }
}
