//! Writing a notice, looking at it as others will, and publishing it.

use super::{
    article::{Article, kind},
    draft::{Begin, Draft, count},
};
use crate::{
    dom, ipc,
    keeping::use_keeping,
    live::{Told, use_answer, use_here},
    says::Says,
    texts::notices as texts,
    widgets::{Beneath, DateInput, Dialog, Icon, PickButton, Pickable, TextField, UnitPicker},
};
use daiban_contract::{
    act::{DropUnfinishedNotice, KeepUnfinishedNotice, PublishNotice},
    ask,
    view::UnitView,
};
use daiban_domain::{DocumentId, Level, notice::NoticeKind};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What is becoming of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Going {
    Nowhere,
    /// It is thrown away, if that is said once more.
    Asked,
    /// Published or thrown away: the desk keeps nothing more of it.
    Gone,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub begin: Begin,
    /// With the one that was published; without, where none was.
    pub close: Callback<Option<DocumentId>>,
}

#[component]
pub fn WriteNotice(Props { begin, close }: &Props) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let begun = use_memo((), |()| Draft::begun(begin, &here.desk.unit_name, today));
    let draft = use_state_eq(|| (*begun).clone());
    let going = use_state_eq(|| Going::Nowhere);
    let touched = use_mut_ref(|| false);
    *touched.borrow_mut() |= *draft != *begun;
    let kept = draft.worth_keeping() && (*touched.borrow() || matches!(begin, Begin::Left(_)));
    let keep = {
        let touch = here.touch.clone();
        Callback::from(move |draft: Rc<Draft>| {
            let (touch, notice) = (touch.clone(), draft.left());
            spawn_local(async move {
                // A desk that was locked meanwhile keeps nothing; the page has it still.
                if ipc::ask(KeepUnfinishedNotice { notice }).await.is_ok() {
                    // The list tells of it.
                    touch.emit(());
                }
            });
        })
    };
    use_keeping(Rc::new((*draft).clone()), kept && *going != Going::Gone, keep);
    let looking = use_state_eq(|| None::<PublishNotice>);
    let units = use_answer(Some(ask::Units {})).data;
    use_effect_with((), |()| {
        dom::focus("#notice-title");
    });
    let change = {
        let draft = draft.clone();
        move |change: fn(&mut Draft, String)| {
            let draft = draft.clone();
            Callback::from(move |text: String| {
                let mut next = (*draft).clone();
                change(&mut next, text);
                draft.set(next);
            })
        }
    };
    let request = draft.request(today);
    let ready = request.is_some();
    let onsubmit = {
        let looking = looking.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            looking.set(request.clone());
        })
    };
    let on_text = {
        let set = change(|draft, text| draft.text = text);
        Callback::from(move |event: InputEvent| set.emit(dom::value(&event)))
    };
    let on_receipt = {
        let draft = draft.clone();
        Callback::from(move |event: Event| {
            let receipt = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
            draft.set(draft.with(|draft| draft.receipt = receipt));
        })
    };
    let kinds = [NoticeKind::Notice, NoticeKind::Policy].map(|one| {
        let (state, pressed) = (draft.clone(), draft.kind == one);
        let onclick = Callback::from(move |_: MouseEvent| state.set(state.with(|draft| draft.kind = one)));
        html! { <button type="button" aria-pressed={pressed.to_string()} {onclick}>{ kind(one) }</button> }
    });
    let throw = {
        let (here, going, close, id) = (here.clone(), going.clone(), close.clone(), draft.id);
        Callback::from(move |_: MouseEvent| {
            if *going == Going::Nowhere {
                going.set(Going::Asked);
                return;
            }
            going.set(Going::Gone);
            let (going, close) = (going.clone(), close.clone());
            here.act(DropUnfinishedNotice { id }, move |outcome| match outcome {
                Ok(()) => close.emit(None),
                Err(_) => going.set(Going::Nowhere),
            });
        })
    };
    let stay = {
        let going = going.clone();
        Callback::from(move |_: FocusEvent| {
            if *going == Going::Asked {
                going.set(Going::Nowhere);
            }
        })
    };
    let no_day = if draft.day(today).is_some() { None } else { Says::wrong(texts::no_day()) };
    let wrong = if draft.title.trim().is_empty() {
        texts::missing_title()
    } else if draft.text.trim().is_empty() {
        texts::missing_text()
    } else {
        ""
    };
    html! {
        <div class="one">
            <form id="write" class="card list" {onsubmit}>
                <header>
                    <h2 class="clip">
                        { match begin {
                            Begin::Empty(_) => texts::new().to_owned(),
                            Begin::InPlaceOf(_, _, notice) => texts::new_in_place(&notice.title),
                            Begin::Left(_) => texts::go_on_writing().to_owned(),
                        } }
                    </h2>
                    <span class="spring" />
                    <div class="segments" role="group" aria-label={texts::kind()}>{ for kinds }</div>
                </header>
                <div class="body scroll stack">
                    <TextField id="notice-title" label={texts::subject()} value={draft.title.clone()} required=true
                        on_value={change(|draft, text| draft.title = text)} />
                    <div class="thirds">
                        <TextField id="notice-issuer" label={texts::issuer()} value={draft.issuer.clone()} required=true
                            on_value={change(|draft, text| draft.issuer = text)} />
                        <TextField id="notice-number" label={texts::number()} value={draft.number.clone()}
                            on_value={change(|draft, text| draft.number = text)} />
                        <div class={classes!("field", no_day.is_some().then_some("wrong"))}>
                            <label for="notice-on">{ texts::on() }</label>
                            <DateInput id="notice-on" label={texts::on()} value={draft.on.clone()} wrong={no_day.is_some()}
                                says_id="notice-on-says" on_value={change(|draft, text| draft.on = text)} />
                            <Beneath id="notice-on-says" says={no_day} />
                        </div>
                    </div>
                    <div class="field">
                        <label for="notice-text">{ texts::text() }</label>
                        <textarea id="notice-text" class="input area" rows="6" value={draft.text.clone()} oninput={on_text} />
                    </div>
                    if let Some(units) = &units { <Whom draft={(*draft).clone()} units={units.clone()} on_draft={{
                        let draft = draft.clone();
                        Callback::from(move |next| draft.set(next))
                    }} /> }
                    <Files draft={(*draft).clone()} on_draft={{
                        let draft = draft.clone();
                        Callback::from(move |next| draft.set(next))
                    }} />
                    <label class="choice">
                        <input id="notice-receipt" type="checkbox" checked={draft.receipt} onchange={on_receipt} />{ texts::receipt() }
                    </label>
                </div>
                <footer class="row">
                    <p class="spring dense soft">{ wrong }</p>
                    if kept {
                        <button id="throw-draft" type="button" class="button quiet" onclick={throw} onblur={stay}>
                            { if *going == Going::Asked { texts::really_throw() } else { texts::throw() } }
                        </button>
                    }
                    <button id="leave-draft" type="button" class="button quiet" onclick={close.reform(|_: MouseEvent| None)}>
                        { if kept { texts::leave() } else { texts::cancel() } }
                    </button>
                    <button id="look-notice" class="button primary" disabled={!ready}>{ texts::look() }</button>
                </footer>
            </form>
            if let (Some(request), Some(units)) = (&*looking, &units) {
                <Look request={request.clone()} units={units.clone()} published={close.reform(Some)} on_going={{
                    let going = going.clone();
                    Callback::from(move |out: bool| going.set(if out { Going::Gone } else { Going::Nowhere }))
                }} again={{
                    let looking = looking.clone();
                    Callback::from(move |()| looking.set(None))
                }} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PartProps {
    draft: Draft,
    #[prop_or_default]
    units: Rc<Vec<UnitView>>,
    on_draft: Callback<Draft>,
}

/// For whom it is: both levels or one, everywhere or in some places.
#[component]
fn Whom(PartProps { draft, units, on_draft }: &PartProps) -> Html {
    let here = use_here();
    let on_level = {
        let (draft, on_draft) = (draft.clone(), on_draft.clone());
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let level = match select.value().as_str() {
                "TOWNSHIP" => Some(Level::Township),
                "VILLAGE" => Some(Level::Village),
                _ => None,
            };
            on_draft.emit(draft.with(|draft| draft.level = level));
        })
    };
    let on_unit = {
        let (draft, on_draft, own) = (draft.clone(), on_draft.clone(), here.desk.unit);
        Callback::from(move |unit: Option<_>| {
            let mut next = draft.clone();
            match unit {
                Some(unit) if unit != own && !next.units.contains(&unit) => next.units.push(unit),
                Some(_) => {}
                None => next.units.clear(),
            }
            on_draft.emit(next);
        })
    };
    let named = |code| {
        units
            .iter()
            .find(|unit| unit.code == code)
            .map_or_else(|| code.to_string(), |unit| unit.short_name.clone())
    };
    let places = draft.units.iter().map(|code| {
        let (code, draft, on_draft) = (*code, draft.clone(), on_draft.clone());
        let name = named(code);
        let onclick = Callback::from(move |_: MouseEvent| {
            let mut next = draft.clone();
            next.units.retain(|other| *other != code);
            on_draft.emit(next);
        });
        html! {
            <button type="button" class="chip mark" data-place={code.to_string()} aria-label={texts::remove(&name)} {onclick}>
                { &name }{ " ×" }
            </button>
        }
    });
    let levels = [
        ("", texts::to_all(), None),
        ("TOWNSHIP", texts::to_townships(), Some(Level::Township)),
        ("VILLAGE", texts::to_villages(), Some(Level::Village)),
    ];
    html! {
        <div class="row whom">
            if here.is(Level::County) {
                <label class="dense soft" for="notice-level">{ texts::to() }</label>
                <select id="notice-level" class="chip filter" onchange={on_level}>
                    { for levels.into_iter().map(|(value, says, level)| html! {
                        <option {value} selected={draft.level == level}>{ says }</option>
                    }) }
                </select>
            }
            <span class="dense soft">{ texts::places() }</span>
            if draft.units.is_empty() { <span class="dense">{ texts::everywhere() }</span> }
            { for places }
            <UnitPicker id="notice-unit" label={texts::add_place()} chosen={None} name="" all={texts::add_place()} on_unit={on_unit} />
        </div>
    }
}

#[component]
fn Files(PartProps { draft, on_draft, .. }: &PartProps) -> Html {
    let here = use_here();
    let set = {
        let (draft, on_draft) = (draft.clone(), on_draft.clone());
        Callback::from(move |file| on_draft.emit(draft.with(|draft| draft.file = file)))
    };
    let add = {
        let (draft, on_draft) = (draft.clone(), on_draft.clone());
        move |file: Option<String>| {
            let mut next = draft.clone();
            file.into_iter().for_each(|file| next.file = file);
            next.add_file();
            on_draft.emit(next);
        }
    };
    let picked = {
        let add = add.clone();
        Callback::from(move |file: String| add(Some(file)))
    };
    let onclick = Callback::from(move |_: MouseEvent| add(None));
    let line = |(nth, file): (usize, &String)| {
        let name = file_name(file);
        let (draft, on_draft) = (draft.clone(), on_draft.clone());
        let remove = Callback::from(move |_: MouseEvent| {
            let mut next = draft.clone();
            next.files.remove(nth);
            on_draft.emit(next);
        });
        html! { <button type="button" class="chip mark" aria-label={texts::remove(&name)} onclick={remove}>{ &name }{ " ×" }</button> }
    };
    html! {
        <div class="stack files">
            <TextField id="notice-file" label={texts::files()} value={draft.file.clone()} on_value={set}>
                <PickButton what={Pickable::Document} id="pick-notice-file" on_pick={picked} on_failure={here.tell.reform(Told::Failed)} />
                <button id="add-file" type="button" class="button tiny quiet" {onclick} disabled={draft.file.trim().is_empty()}>
                    <Icon name="plus" />{ texts::add() }
                </button>
            </TextField>
            if !draft.files.is_empty() { <div class="row">{ for draft.files.iter().enumerate().map(line) }</div> }
        </div>
    }
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

#[derive(Properties, PartialEq)]
struct LookProps {
    request: PublishNotice,
    units: Rc<Vec<UnitView>>,
    published: Callback<DocumentId>,
    /// It is being published, or is no longer.
    on_going: Callback<bool>,
    again: Callback<()>,
}

/// As others will see it. From here it goes out.
#[component]
fn Look(LookProps { request, units, published, on_going, again }: &LookProps) -> Html {
    let here = use_here();
    let running = use_state_eq(|| false);
    let publish = {
        let (here, running, request) = (here.clone(), running.clone(), request.clone());
        let (published, on_going, again) = (published.clone(), on_going.clone(), again.clone());
        Callback::from(move |_: MouseEvent| {
            running.set(true);
            on_going.emit(true);
            let (tell, published, running) = (here.tell.clone(), published.clone(), running.clone());
            let (on_going, again) = (on_going.clone(), again.clone());
            here.act(request.clone(), move |outcome| {
                running.set(false);
                again.emit(());
                match outcome {
                    Ok(view) => {
                        tell.emit(Told::Done(texts::was_published().to_owned()));
                        published.emit(view.row.id);
                    }
                    Err(_) => on_going.emit(false),
                }
            });
        })
    };
    let meant = count(&request.notice, here.desk.unit, units);
    html! {
        <Dialog id="look" class="wide" label={texts::look_title()} first="#publish-notice" on_close={again.clone()}>
            <header class="row"><h2 class="title">{ texts::look_title() }</h2></header>
            <div class="scroll spring" tabindex="0">
                <Article notice={request.notice.clone()}>
                    if !request.files.is_empty() {
                        <p class="note-box">{ texts::with_files(&request.files.iter().map(|file| file_name(file)).collect::<Vec<_>>().join(texts::comma())) }</p>
                    }
                </Article>
            </div>
            <footer class="row">
                <p class="spring dense">{ texts::look_says(meant) }</p>
                <button type="button" class="button" onclick={again.reform(|_: MouseEvent| ())}>{ texts::again() }<kbd>{ "Esc" }</kbd></button>
                <button id="publish-notice" type="button" class="button primary" onclick={publish} disabled={*running || meant == 0}>
                    { texts::publish() }
                </button>
            </footer>
        </Dialog>
    }
}
