//! The first start of a new machine: a code of the county centre binds it to a unit.

use super::{
    enrol_by_file::{AnswerCard, AskCard},
    restore::RestoreCard,
};
use crate::{
    dom, ipc,
    texts::restore as texts,
    users::NewPassword,
    widgets::{Icon, TextField, Trouble},
};
use daiban_contract::{Failure, Secret, act::Enrol};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The machine now belongs to a unit.
    pub on_enrolled: Callback<()>,
}

/// How the machine comes to its unit.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Line,
    Ask,
    Answer,
    Restore,
}

#[component]
pub fn EnrolPage(Props { on_enrolled }: &Props) -> Html {
    let way = use_state_eq(|| Way::Line);
    let go = |to: Way| {
        let way = way.clone();
        Callback::from(move |_: MouseEvent| way.set(to))
    };
    let (line, ask, answer, restore) = (go(Way::Line), go(Way::Ask), go(Way::Answer), go(Way::Restore));
    html! {
        <main class="enrol">
            { match *way {
                Way::Line => html! {
                    <ByLine {on_enrolled}>
                        { other("by-stick", "没有网络：用U盘登记", ask) }
                        { other("by-backup", texts::instead(), restore) }
                    </ByLine>
                },
                Way::Ask => html! {
                    <AskCard>
                        { other("has-answer", "县中心的答复拿回来了：第二步", answer) }
                        { other("by-line", "有网络：直接登记", line) }
                    </AskCard>
                },
                Way::Answer => html! {
                    <AnswerCard {on_enrolled}>{ other("by-stick", "还没有存申请：第一步", ask) }</AnswerCard>
                },
                Way::Restore => html! {
                    <RestoreCard {on_enrolled}>{ other("by-line", texts::enrol_instead(), line) }</RestoreCard>
                },
            } }
        </main>
    }
}

fn other(id: &'static str, says: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {id} class="button quiet" {onclick}>{ says }</button> }
}

#[derive(Properties, PartialEq)]
struct ByLineProps {
    on_enrolled: Callback<()>,
    /// To the other ways.
    children: Html,
}

#[component]
fn ByLine(ByLineProps { on_enrolled, children }: &ByLineProps) -> Html {
    let form = use_state_eq(|| Enrol {
        hub: "https://".into(),
        code: String::new(),
        device: String::new(),
        user: String::new(),
        password: None,
    });
    let secured = use_state_eq(|| None::<Secured>);
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
    let whole = secured.is_some()
        && [&form.hub, &form.code, &form.device, &form.user].iter().all(|text| !text.trim().is_empty());
    let onsubmit = {
        let (form, running, failure) = (form.clone(), running.clone(), failure.clone());
        let password = (*secured).clone().and_then(|secured| secured.0);
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
    let on_secured = Callback::from(move |how| secured.set(how));
    html! {
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
                <Password name={form.user.clone()} {on_secured} />
                <Trouble failure={(*failure).clone()} />
                <button id="enrol" class="button primary large wide" disabled={!whole || *running}>
                    <Icon name="laptop" />{ if *running { "正在连县中心" } else { "登记这台机器" } }
                </button>
                <div class="row wrap">{ children.clone() }</div>
            </form>
    }
}

/// A password that stands, or the will to go without one.
#[derive(Clone, PartialEq)]
pub struct Secured(pub Option<Secret>);

#[derive(Properties, PartialEq)]
pub struct PasswordProps {
    /// Whose it will be.
    pub name: AttrValue,
    pub on_secured: Callback<Option<Secured>>,
}

/// The first user's password. Only the sample county is practised in without one.
#[component]
pub fn Password(PasswordProps { name, on_secured }: &PasswordProps) -> Html {
    let practice = use_state_eq(|| false);
    let on_practice = {
        let (practice, on_secured) = (practice.clone(), on_secured.clone());
        Callback::from(move |_: Event| {
            practice.set(!*practice);
            on_secured.emit((!*practice).then_some(Secured(None)));
        })
    };
    let on_password = on_secured.reform(|new: Option<Secret>| new.map(|new| Secured(Some(new))));
    html! {
        <>
            if *practice {
                <p class="note-box">{ "没有密码，谁拿到这台机器都能看到里面的身份证号和办件。真的办事不能这样。" }</p>
            } else {
                <NewPassword name={name.clone()} label="给自己设一个密码" on_value={on_password} />
            }
            <label class="choice dense soft">
                <input id="practice" type="checkbox" checked={*practice} onchange={on_practice} />
                { "只在样例县里练习，不设密码" }
            </label>
        </>
    }
}
