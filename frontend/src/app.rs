//! The window: whose desk it is, where the person is in it, and the keys that work everywhere.

use crate::{
    batch::{FormsSheet, HandOverSheet},
    case::PhotoSheet,
    dom, ipc,
    keys::use_window_keys,
    live::{Here, Told},
    looks,
    pages::{
        AuditPage, CasePage, DayPage, DeskPage, DevicesPage, DuplicatesPage, EnrolPage, HomePage, ItemsPage,
        LockPage, RecordPage, RevokedPage, SyncPage,
    },
    place::{Over, Page, Place, Queue, Step},
    record::{Drafts, Edit},
    texts,
    users::{UsersSheet, use_idle},
    widgets::{Help, Notice, PaperSheet, Rail, Sprite, Statusbar, Topbar, Trouble},
};
use daiban_contract::{
    Code, Failure,
    act::{Lock, SaveSupport},
    ask,
    view::DeskView,
};
use daiban_domain::Level;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// A count of how often the database may have moved.
#[derive(PartialEq)]
struct Moved(u32);

impl Reducible for Moved {
    type Action = ();

    fn reduce(self: Rc<Self>, (): ()) -> Rc<Self> {
        Rc::new(Self(self.0.wrapping_add(1)))
    }
}

#[component]
pub fn App() -> Html {
    let moved = use_reducer_eq(|| Moved(0));
    let desk = use_state_eq(|| None::<Result<Rc<DeskView>, Failure>>);
    let place = use_reducer_eq(Place::default);
    let drafts = use_reducer_eq(Drafts::default);
    let told = use_state_eq(|| None::<Told>);
    let language = use_state_eq(texts::language);

    let touch = {
        let moved = moved.dispatcher();
        use_callback((), move |(), ()| moved.dispatch(()))
    };
    let tell = {
        let told = told.clone();
        use_callback((), move |line, ()| told.set(Some(line)))
    };
    let hush = {
        let told = told.clone();
        use_callback((), move |(), ()| told.set(None))
    };
    let speak = {
        let language = language.clone();
        use_callback((), move |new, ()| {
            looks::speak(new);
            language.set(new);
        })
    };
    let person = match &*desk {
        Some(Ok(desk)) => desk.person_id,
        _ => None,
    };
    let edit = {
        let drafts = drafts.dispatcher();
        use_callback(person, move |edit: Edit, person| drafts.dispatch((*person, edit)))
    };
    {
        let (place, before) = (place.dispatcher(), use_mut_ref(|| None));
        use_effect_with(person, move |person| {
            if let Some(person) = *person
                && before.replace(Some(person)).is_some_and(|before| before != person)
            {
                place.dispatch(Step::Leave);
            }
        });
    }
    let lock = {
        let (touch, tell) = (touch.clone(), tell.clone());
        use_callback((), move |(), ()| {
            let (touch, tell) = (touch.clone(), tell.clone());
            spawn_local(async move {
                if let Err(failure) = ipc::ask(Lock {}).await {
                    tell.emit(Told::Failed(failure));
                }
                touch.emit(());
            });
        })
    };
    let support = {
        let tell = tell.clone();
        use_callback((), move |(), ()| {
            let tell = tell.clone();
            spawn_local(async move {
                tell.emit(match ipc::ask(SaveSupport::default()).await {
                    Ok(saved) => {
                        Told::Done(format!("给技术人员的文件存好了，里面没有任何人的资料：{}", saved.file))
                    }
                    Err(failure) => Told::Failed(failure),
                });
            });
        })
    };
    use_idle(
        match &*desk {
            Some(Ok(desk)) => desk.auto_lock_minutes,
            _ => 0,
        },
        lock.clone(),
    );
    {
        let touch = touch.clone();
        use_effect_with((), move |()| ipc::on_moved(move || touch.emit(())));
    }
    {
        // The day, the calendar and the units may change under an open window.
        let (desk, tell) = (desk.clone(), tell.clone());
        use_effect_with(moved.0, move |_| {
            spawn_local(async move {
                let known = matches!(&*desk, Some(Ok(_)));
                match ipc::ask(ask::Desk {}).await {
                    // Locked, or revoked and its keys gone: nothing of what was shown may stay on the screen.
                    Err(failure) if known && !matches!(failure.code, Code::Locked | Code::Revoked) => {
                        tell.emit(Told::Failed(failure));
                    }
                    answer => desk.set(Some(answer.map(Rc::new))),
                }
            });
        });
    }
    let shown = match &*desk {
        Some(Ok(desk)) => Some(desk.clone()),
        _ => None,
    };
    {
        let (place, edit, lock, support) = (place.dispatcher(), edit.clone(), lock.clone(), support.clone());
        let level = shown.as_ref().map(|desk| desk.level);
        let password_set = shown.as_ref().is_some_and(|desk| desk.password_set);
        use_window_keys(move |event| match key(event) {
            Key::Nothing => false,
            Key::Forbidden => true,
            Key::Lock => {
                if password_set {
                    lock.emit(());
                } else if level.is_some() {
                    place.dispatch(Step::Open(Over::Users));
                }
                true
            }
            Key::Support => {
                support.emit(());
                true
            }
            Key::Search => {
                dom::focus_search();
                true
            }
            Key::Step(step) => {
                place.dispatch(step);
                true
            }
            Key::Record if level.is_some_and(|level| level != Level::County) => {
                edit.emit(Edit::Next);
                place.dispatch(Step::Go(Page::Record));
                true
            }
            Key::Queue(queue) if level == Some(Level::Village) => {
                place.dispatch(Step::Go(Page::Cases(queue)));
                true
            }
            Key::Record | Key::Queue(_) => true,
        });
    }

    let Some(desk) = shown else {
        return html! {
            <>
                <Sprite />
                { match &*desk {
                    Some(Err(failure)) if failure.code == Code::NotEnrolled => html! { <EnrolPage on_enrolled={touch} /> },
                    Some(Err(failure)) if failure.code == Code::Locked => html! { <LockPage on_open={touch} /> },
                    Some(Err(failure)) => html! { <main class="enrol"><Trouble failure={Some(failure.clone())} /></main> },
                    _ => html! {},
                } }
                if let Some(told) = &*told { <Notice told={told.clone()} close={hush} /> }
            </>
        };
    };
    if let Some(revoked) = &desk.revoked {
        return html! {
            <>
                <Sprite />
                <RevokedPage revoked={revoked.clone()} device={desk.device.clone()} today={desk.today} on_moved={touch} />
            </>
        };
    }
    if let Some(asked) = &desk.day_asked {
        return html! { <><Sprite /><DayPage asked={asked.clone()} on_said={touch} /></> };
    }
    let here = Here {
        desk: desk.clone(),
        moved: moved.0,
        covered: place.over.is_some(),
        go: place.dispatcher(),
        tell,
        touch,
        language: *language,
        speak,
    };
    let place = Rc::new((*place).clone());
    let page = match &place.page {
        Page::Home => html! { <HomePage /> },
        Page::Record => {
            let draft = drafts.of(person);
            html! { <RecordPage {draft} {edit} /> }
        }
        Page::Cases(queue) => html! { <DeskPage place={place.clone()} queue={*queue} /> },
        Page::Case { case_no, begin } => {
            html! { <CasePage case_no={case_no.clone()} begin={begin.clone()} /> }
        }
        Page::Duplicates => html! { <DuplicatesPage /> },
        Page::Devices => html! { <DevicesPage /> },
        Page::Audit => html! { <AuditPage /> },
        Page::Items => html! { <ItemsPage {edit} /> },
        Page::Sync => html! { <SyncPage /> },
    };
    html! {
        <ContextProvider<Here> context={here}>
            <Sprite />
            // In another language everything is drawn anew; drafts and place are kept above.
            <div key={language.tag()} class="window" data-level={level_id(desk.level)} inert={place.over.is_some()}>
                <Topbar place={place.clone()} />
                if desk.level != Level::Village { <Rail place={place.clone()} /> }
                <main class="main">{ page }</main>
                <Statusbar />
            </div>
            { match &place.over {
                None => html! {},
                Some(Over::Help) => html! { <Help /> },
                Some(Over::Users) => html! { <UsersSheet {lock} /> },
                Some(Over::Paper(paper)) => html! {
                    <PaperSheet paper={paper.clone()} />
                },
                // Another batch is another sheet.
                Some(Over::Forms(of)) => html! { <FormsSheet key={format!("{of:?}")} of={of.clone()} /> },
                Some(Over::Batch) => html! { <HandOverSheet /> },
                Some(Over::Photo { case_no, hash }) => html! {
                    <PhotoSheet case_no={case_no.clone()} hash={hash.clone()} />
                },
            } }
            if let Some(told) = &*told { <Notice told={told.clone()} close={hush} /> }
        </ContextProvider<Here>>
    }
}

fn level_id(level: Level) -> &'static str {
    match level {
        Level::Village => "VILLAGE",
        Level::Township => "TOWNSHIP",
        Level::County => "COUNTY",
    }
}

/// What a key means wherever the person is.
enum Key {
    Nothing,
    /// The webview's own reload and print would throw away what is being typed.
    Forbidden,
    Lock,
    Support,
    Search,
    Record,
    Queue(Queue),
    Step(Step),
}

fn key(event: &KeyboardEvent) -> Key {
    match event.key().as_str() {
        "F5" => Key::Forbidden,
        "r" | "R" | "p" | "P" if event.ctrl_key() => Key::Forbidden,
        "k" | "K" if event.ctrl_key() => Key::Search,
        "l" | "L" if event.ctrl_key() => Key::Lock,
        "F1" => Key::Step(Step::Open(Over::Help)),
        "F2" => Key::Record,
        "F3" => Key::Queue(Queue::HandOver),
        "F4" => Key::Queue(Queue::Deliver),
        "F9" => Key::Support,
        "Escape" => Key::Step(Step::Back),
        "ArrowLeft" if event.alt_key() => Key::Step(Step::Back),
        _ => Key::Nothing,
    }
}
