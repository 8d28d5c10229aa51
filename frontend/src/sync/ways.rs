//! The ways: the county's line, the township's computer where a village has one, and serving the villages.

use crate::{
    ipc,
    live::use_here,
    says::Says,
    sync::moved,
    widgets::{Icon, TextField},
    words,
};
use daiban_contract::{
    act::{CallRelay, SetWays},
    view::SyncView,
};
use daiban_domain::Level;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Where a relay listens unless a person says otherwise.
const LISTEN: &str = "0.0.0.0:7622";

#[derive(Properties, PartialEq)]
pub struct Props {
    pub view: Rc<SyncView>,
}

#[component]
pub fn WaysCard(Props { view }: &Props) -> Html {
    let here = use_here();
    html! {
        <section class="card ways">
            <header><h2>{ "其他通路" }</h2></header>
            <div class="body">
                if here.is(Level::Village) { <Call view={view.clone()} /> } else { <Serve view={view.clone()} /> }
                <dl class="facts">
                    <dt>{ "县中心服务器" }</dt><dd id="hub">{ &view.hub }</dd>
                    if let Some(backup) = view.county_backup {
                        <dt>{ "县中心备份" }</dt><dd>{ words::moment(backup, here.desk.today) }</dd>
                    }
                    <dt>{ "这台机器" }</dt><dd>{ format!("{}（{}）", here.desk.device, here.desk.tag) }</dd>
                    if view.attachments_waiting + view.attachments_missing > 0 {
                        <dt>{ "照片" }</dt><dd id="photos">{ photos_say(view) }</dd>
                    }
                </dl>
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

/// The township's computer, which a village calls while the county can't be reached. Saving tries it: the day it is
/// needed is too late to find a wrong digit.
#[component]
fn Call(Props { view }: &Props) -> Html {
    let here = use_here();
    let typed = use_state_eq(|| None::<String>);
    let running = use_state_eq(|| false);
    let outcome = use_state_eq(|| None::<Says>);
    let address = (*typed).clone().unwrap_or_else(|| view.relay.clone());
    let on_value = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(Some(text)))
    };
    let onsubmit = {
        let (touch, typed, running, outcome) =
            (here.touch.clone(), typed.clone(), running.clone(), outcome.clone());
        let address = address.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *running {
                return;
            }
            running.set(true);
            outcome.set(Says::plain("存下了，正在试"));
            let (touch, typed, running, outcome) =
                (touch.clone(), typed.clone(), running.clone(), outcome.clone());
            let request = SetWays { call: Some(address.clone()), listen: None };
            spawn_local(async move {
                let said = match ipc::ask(request).await {
                    Err(failure) => Says::wrong(failure.message),
                    Ok(saved) => {
                        touch.emit(());
                        typed.set(None);
                        if saved.relay.is_empty() {
                            Says::plain("存下了：不经镇上转。")
                        } else {
                            match ipc::ask(CallRelay {}).await {
                                Ok(done) => Says::good(format!("通了：{}。", moved(&done))),
                                Err(failure) => Says::wrong(format!("地址存下了。{}", failure.message)),
                            }
                        }
                    }
                };
                running.set(false);
                outcome.set(said);
                touch.emit(());
            });
        })
    };
    let says =
        (*outcome).clone().or_else(|| Says::plain("县中心连不上的时候，自动送到镇上这台电脑。地址问镇上。"));
    html! {
        <form class="way" {onsubmit}>
            <TextField id="relay-call" label="镇上的电脑" hint="例如 192.168.1.8" value={address} {on_value} {says}>
                <button id="relay-save" class="button small" disabled={*running}>
                    { if *running { "正在试" } else { "存下并试一试" } }
                </button>
            </TextField>
        </form>
    }
}

/// Serving this desk's villages while the county's line is down.
#[component]
fn Serve(Props { view }: &Props) -> Html {
    let here = use_here();
    let typed = use_state_eq(|| None::<String>);
    let refused = use_state_eq(|| None::<Says>);
    let on = !view.relay_listen.is_empty();
    let stored = if on { view.relay_listen.clone() } else { LISTEN.to_owned() };
    let address = (*typed).clone().unwrap_or_else(|| stored.clone());
    let moves = on && address.trim() != stored;
    let on_value = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(Some(text)))
    };
    let onsubmit = {
        let (touch, typed, refused) = (here.touch.clone(), typed.clone(), refused.clone());
        let listen = if on && !moves { String::new() } else { address.clone() };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (touch, typed, refused) = (touch.clone(), typed.clone(), refused.clone());
            let request = SetWays { call: None, listen: Some(listen.clone()) };
            spawn_local(async move {
                match ipc::ask(request).await {
                    Ok(_) => {
                        typed.set(None);
                        refused.set(None);
                    }
                    Err(failure) => refused.set(Says::wrong(failure.message)),
                }
                touch.emit(());
            });
        })
    };
    let button = match (on, moves) {
        (false, _) => "打开转接",
        (true, false) => "关掉转接",
        (true, true) => "换到这个地址",
    };
    let failed = view.relay_failure.clone().filter(|_| on);
    let says = (*refused)
        .clone()
        .or_else(|| failed.and_then(Says::wrong))
        .or_else(|| (!on).then(|| Says::plain("打开以后，县里的线断了，各村还能先送到这台电脑。")).flatten());
    html! {
        <form class="way" {onsubmit}>
            <TextField id="relay-listen" label="给各村转接，在这个地址上" value={address} {on_value} {says}>
                <button id="relay-serve" class="button small" role="switch" aria-checked={on.to_string()}>
                    { button }
                </button>
            </TextField>
            if on && view.relay_failure.is_none() {
                <div class="note-box" id="relay-addresses">
                    if view.relay_addresses.is_empty() {
                        { "正在打开。没有地址的话，看看这台电脑的网线插好没有。" }
                    } else {
                        <p><Icon name="circle-check" />{ " 转接开着。各村在“同步”里把“镇上的电脑”填成：" }</p>
                        <p class="strong path">{ view.relay_addresses.join("　") }</p>
                    }
                </div>
            }
        </form>
    }
}
