//! The first start of a new machine: a code of the county centre binds it to a unit.

use crate::{
    dom, ipc,
    parts::{Icon, TextField, Trouble},
    users::NewPassword,
};
use daiban_contract::{Failure, Secret, act::Enrol};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The machine now belongs to a unit.
    pub on_enrolled: Callback<()>,
}

#[component]
pub fn EnrolPage(Props { on_enrolled }: &Props) -> Html {
    let form = use_state_eq(|| Enrol {
        hub: "https://".into(),
        code: String::new(),
        device: String::new(),
        user: String::new(),
        password: None,
    });
    let password = use_state_eq(|| None::<Secret>);
    let practice = use_state_eq(|| false);
    let running = use_state_eq(|| false);
    let failure = use_state_eq(|| None::<Failure>);
    use_effect_with((), |()| {
        dom::focus("#hub");
    });
    let set = |put: fn(&mut Enrol, String)| {
        let form = form.clone();
        Callback::from(move |text: String| {
            let mut next = (*form).clone();
            put(&mut next, text);
            form.set(next);
        })
    };
    let secured = *practice || password.is_some();
    let whole = secured
        && [&form.hub, &form.code, &form.device, &form.user].iter().all(|text| !text.trim().is_empty());
    let onsubmit = {
        let (form, running, failure) = (form.clone(), running.clone(), failure.clone());
        let password = (*password).clone().filter(|_| !*practice);
        let on_enrolled = on_enrolled.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !whole || *running {
                return;
            }
            running.set(true);
            let (running, failure, on_enrolled) = (running.clone(), failure.clone(), on_enrolled.clone());
            let request = Enrol {
                hub: form.hub.trim().to_owned(),
                code: form.code.trim().to_owned(),
                device: form.device.trim().to_owned(),
                user: form.user.trim().to_owned(),
                password: password.clone(),
            };
            spawn_local(async move {
                let outcome = ipc::ask(request).await;
                running.set(false);
                match outcome {
                    Ok(_) => on_enrolled.emit(()),
                    Err(error) => failure.set(Some(error)),
                }
            });
        })
    };
    let on_password = Callback::from(move |new| password.set(new));
    let on_practice = {
        let practice = practice.clone();
        Callback::from(move |_: Event| practice.set(!*practice))
    };
    html! {
        <main class="enrol">
            <form class="card" {onsubmit}>
                <h1><span class="brand">{ "代办通" }</span>{ "　这台机器还没有登记" }</h1>
                <p class="soft">{ "向县中心要一个登记码，填好下面几项。登记码只能用一次，只有这一步要连网。" }</p>
                <TextField id="hub" label="县中心服务器地址" value={form.hub.clone()} hint="https://10.0.0.5:7621"
                    on_value={set(|form, text| form.hub = text)} />
                <TextField id="code" label="登记码" value={form.code.clone()} on_value={set(|form, text| form.code = text)} />
                <div class="halves">
                <TextField id="device" label="给这台机器起个名字" value={form.device.clone()} hint="例如 上塬1号本"
                    on_value={set(|form, text| form.device = text)} />
                <TextField id="user" label="谁用这台机器" value={form.user.clone()} hint="姓名"
                    on_value={set(|form, text| form.user = text)} />
                </div>
                if *practice {
                    <p class="note-box">{ "没有密码，谁拿到这台机器都能看到里面的身份证号和办件。真的办事不能这样。" }</p>
                } else {
                    <NewPassword name={form.user.clone()} label="给自己设一个密码" on_value={on_password} />
                }
                <label class="choice dense soft">
                    <input id="practice" type="checkbox" checked={*practice} onchange={on_practice} />
                    { "只在样例县里练习，不设密码" }
                </label>
                <Trouble failure={(*failure).clone()} />
                <button id="enrol" class="button primary large wide" disabled={!whole || *running}>
                    <Icon name="laptop" />{ if *running { "正在连县中心" } else { "登记这台机器" } }
                </button>
            </form>
        </main>
    }
}
