//! The window: whose desk it is, where the person is in it, and the keys that work everywhere.

use crate::{
    batch::FormsSheet,
    case::PhotoSheet,
    handbook::{self, Handbook},
    ipc,
    keys::use_window_keys,
    live::{Here, Told},
    looks,
    pages::{
        AuditPage, CalendarPage, CasePage, CataloguePage, DayPage, DeskPage, DevicesPage, EnrolPage,
        HandOverPage, HomePage, ItemsPage, LockPage, MattersPage, MergePage, NoticesPage, OriginalsPage,
        OverviewPage, PeoplePage, PrintsPage, RecordPage, ResidentsPage, RevokedPage, SyncPage,
    },
    palette::Palette,
    place::{Over, Page, Place, Queue, Step},
    practice::{Mark, OfferPage, Practice, Strip},
    rating::{RatePage, ToRateSheet},
    record::{Drafts, Edit},
    residents::RosterSheet,
    texts,
    users::{UsersSheet, use_idle},
    widgets::{Notice, PaperSheet, Rail, Sprite, Statusbar, Topbar, Trouble},
};
use daiban_contract::{
    Code, Failure,
    act::{LeavePractice, Lock, Practise, SaveSupport},
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
    let place = use_reducer_eq(begin);
    let drafts = use_reducer_eq(Drafts::default);
    let told = use_state_eq(|| None::<Told>);
    let language = use_state_eq(texts::language);
    // Somebody who has just enrolled is asked whether they want to practise first.
    let offered = use_state_eq(|| false);
    let guided = use_state_eq(|| false);
    let making = use_state_eq(|| false);

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
                    Ok(saved) => Told::Done(texts::marks::support_saved(&saved.file)),
                    Err(failure) => Told::Failed(failure),
                });
            });
        })
    };
    let practise = {
        let (touch, tell, hush, level) = (touch.clone(), tell.clone(), hush.clone(), level_of(&desk));
        let (offered, guided, making) = (offered.clone(), guided.clone(), making.clone());
        use_callback(level, move |step: Practice, level| {
            let own = level.unwrap_or(Level::Village);
            let (touch, tell, hush) = (touch.clone(), tell.clone(), hush.clone());
            let (offered, making) = (offered.clone(), making.clone());
            if let Practice::Begin { guided: with, .. } = step {
                guided.set(with);
            }
            making.set(true);
            spawn_local(async move {
                let done = match step {
                    Practice::Begin { at, .. } => {
                        ipc::ask(Practise { at: at.unwrap_or(own), anew: false }).await
                    }
                    Practice::Anew => ipc::ask(Practise { at: own, anew: true }).await,
                    Practice::Leave => ipc::ask(LeavePractice {}).await,
                };
                making.set(false);
                // What was said of one desk is none of the other's.
                hush.emit(());
                match (done, step) {
                    (Err(failure), _) => tell.emit(Told::Failed(failure)),
                    (Ok(()), Practice::Anew) => {
                        tell.emit(Told::Done(texts::practice::begun_anew().to_owned()))
                    }
                    (Ok(()), _) => offered.set(false),
                }
                touch.emit(());
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
                    // Locked, revoked and its keys gone, or left a practice that came first: nothing of what was shown may stay.
                    Err(failure)
                        if known
                            && !matches!(failure.code, Code::Locked | Code::Revoked | Code::NotEnrolled) =>
                    {
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
    let turned_away = matches!(place.page, Page::Rate { .. });
    {
        let (place, edit, lock, support) = (place.dispatcher(), edit.clone(), lock.clone(), support.clone());
        let level = shown.as_ref().map(|desk| desk.level);
        // In practice the real desk behind it is meant.
        let locks = shown.as_ref().is_some_and(|desk| desk.password_set || desk.practice);
        use_window_keys(move |event| match key(event) {
            // Keys of the window lead nobody into the desk while it is turned to the resident.
            key if turned_away => !matches!(key, Key::Nothing) || event.ctrl_key() || event.alt_key(),
            Key::Nothing => false,
            Key::Forbidden => true,
            Key::Lock => {
                if locks {
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
                if level.is_some() {
                    place.dispatch(Step::Open(Over::Search));
                }
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
            Key::Rate if level.is_some_and(|level| level != Level::County) => {
                place.dispatch(Step::Open(Over::ToRate));
                true
            }
            Key::HandOver if level.is_some_and(|level| level != Level::County) => {
                place.dispatch(Step::Go(Page::HandOver { batch: None }));
                true
            }
            Key::Record | Key::Queue(_) | Key::Rate | Key::HandOver => true,
        });
    }

    let shut = {
        let place = place.dispatcher();
        use_callback((), move |(), ()| place.dispatch(Step::Back))
    };
    // Where no desk is open, the handbook still is.
    let book = |page: &'static str| match &place.over {
        Some(Over::Help) => html! { <Handbook {page} close={shut.clone()} /> },
        _ => html! {},
    };
    let Some(desk) = shown else {
        let on_open = {
            let (touch, place) = (touch.clone(), place.dispatcher());
            Callback::from(move |()| {
                // Whoever gave a password is staff: the resident has done with the screen.
                if turned_away {
                    place.dispatch(Step::Back);
                }
                touch.emit(());
            })
        };
        return html! {
            <>
                <Sprite />
                { match &*desk {
                    Some(Err(failure)) if failure.code == Code::Locked => book(handbook::LOCKED),
                    _ => book(handbook::ENROLLING),
                } }
                { match &*desk {
                    Some(Err(failure)) if failure.code == Code::NotEnrolled => {
                        let (offered, moved) = (offered.clone(), touch.clone());
                        let on_enrolled = Callback::from(move |()| {
                            offered.set(true);
                            moved.emit(());
                        });
                        html! { <EnrolPage {on_enrolled} on_restored={touch} {practise} making={*making} /> }
                    },
                    Some(Err(failure)) if failure.code == Code::Locked => html! { <LockPage {on_open} /> },
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
                { book(handbook::REVOKED) }
            </>
        };
    }
    if let Some(asked) = &desk.day_asked {
        return html! {
            <><Sprite /><DayPage asked={asked.clone()} on_said={touch} />{ book(handbook::DAY_ASKED) }</>
        };
    }
    if *offered && !desk.practice {
        let offered = offered.clone();
        let on_work = Callback::from(move |()| offered.set(false));
        return html! {
            <>
                <Sprite />
                <OfferPage {practise} making={*making} {on_work} />
                if let Some(told) = &*told { <Notice told={told.clone()} close={hush} /> }
            </>
        };
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
        practise: practise.clone(),
    };
    let practising = desk.practice;
    let record = {
        let (edit, go) = (edit.clone(), place.dispatcher());
        Callback::from(move |()| {
            edit.emit(Edit::Next);
            go.dispatch(Step::Go(Page::Record));
        })
    };
    let place = Rc::new((*place).clone());
    if let Page::Rate { case_no } = &place.page {
        return html! {
            <ContextProvider<Here> context={here}>
                <Sprite />
                <div class={practising.then_some("practising")}>
                    if practising { <Mark /> }
                    <RatePage key={case_no.to_string()} case_no={case_no.clone()} {lock} />
                </div>
            </ContextProvider<Here>>
        };
    }
    let page = match &place.page {
        Page::Home if desk.level == Level::County => html! { <OverviewPage /> },
        Page::Home => html! { <HomePage /> },
        Page::HandOver { batch } => html! { <HandOverPage batch={batch.clone()} /> },
        Page::Originals => html! { <OriginalsPage /> },
        Page::Overview => html! { <OverviewPage /> },
        Page::Calendar => html! { <CalendarPage /> },
        Page::Catalogue => html! { <CataloguePage /> },
        Page::Record => {
            let draft = drafts.of(person);
            html! { <RecordPage {draft} {edit} /> }
        }
        Page::Cases(queue) => html! { <DeskPage place={place.clone()} queue={*queue} /> },
        Page::UnitCases { unit, queue } => html! {
            <DeskPage key={unit.to_string()} place={place.clone()} queue={*queue} unit={Some(*unit)} />
        },
        Page::Case { case_no, begin } => {
            html! { <CasePage case_no={case_no.clone()} begin={begin.clone()} /> }
        }
        Page::Merge => html! { <MergePage /> },
        Page::Devices => html! { <DevicesPage /> },
        Page::Audit => html! { <AuditPage /> },
        Page::People => html! { <PeoplePage /> },
        Page::Items => html! { <ItemsPage {edit} /> },
        Page::Sync => html! { <SyncPage /> },
        Page::Residents { person } => {
            let key = person.map(|person| person.to_string()).unwrap_or_default();
            html! { <ResidentsPage {key} person={*person} {edit} /> }
        }
        Page::Matters { matter_no } => {
            let key = matter_no.clone().unwrap_or_default().to_string();
            html! { <MattersPage {key} matter_no={matter_no.clone()} /> }
        }
        Page::Notices { notice } => {
            let key = notice.map(|notice| notice.to_string()).unwrap_or_default();
            html! { <NoticesPage {key} notice={*notice} /> }
        }
        Page::Prints => html! { <PrintsPage /> },
        Page::Rate { .. } => html! {},
        #[cfg(feature = "gallery")]
        Page::Gallery => html! { <crate::gallery::GalleryPage /> },
    };
    // In another language everything is drawn anew; drafts and place are kept above.
    let window = html! {
        <div key={language.tag()} class="window" data-level={level_id(desk.level)} inert={place.over.is_some()}>
            <Topbar place={place.clone()} />
            if desk.level != Level::Village { <Rail place={place.clone()} /> }
            <main class="main">{ page }</main>
            <Statusbar />
        </div>
    };
    html! {
        <ContextProvider<Here> context={here}>
            <Sprite />
            if practising {
                <div class="practising">
                    // Begun anew it is another one.
                    <Strip key={format!("{person:?}")} page={place.page.clone()} draft={drafts.of(person)} guided={*guided} />
                    { window }
                </div>
            } else {
                { window }
            }
            { match &place.over {
                None => html! {},
                Some(Over::Help) => {
                    let at = handbook::page_for(&place.page);
                    let practise = (!practising).then(|| practise.clone());
                    html! { <Handbook page={at} close={shut} {practise} /> }
                },
                Some(Over::Search) => html! { <Palette on_record={record} {lock} {support} /> },
                Some(Over::Users) => html! { <UsersSheet {lock} /> },
                Some(Over::Paper(paper)) => html! {
                    <PaperSheet paper={paper.clone()} />
                },
                // Another batch is another sheet.
                Some(Over::Forms(of)) => html! { <FormsSheet key={format!("{of:?}")} of={of.clone()} /> },
                Some(Over::Roster) => html! { <RosterSheet /> },
                Some(Over::ToRate) => html! { <ToRateSheet /> },
                Some(Over::Photo { case_no, hash }) => html! {
                    <PhotoSheet case_no={case_no.clone()} hash={hash.clone()} />
                },
            } }
            if let Some(told) = &*told { <Notice told={told.clone()} close={hush} /> }
        </ContextProvider<Here>>
    }
}

fn level_of(desk: &Option<Result<Rc<DeskView>, Failure>>) -> Option<Level> {
    match desk {
        Some(Ok(desk)) => Some(desk.level),
        _ => None,
    }
}

/// Where the window begins.
fn begin() -> Place {
    #[cfg(feature = "gallery")]
    if crate::gallery::asked_for() {
        return Place::at(Page::Gallery);
    }
    Place::default()
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
    Rate,
    HandOver,
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
        "F3" => Key::HandOver,
        "F4" => Key::Queue(Queue::Deliver),
        "F6" => Key::Rate,
        "F9" => Key::Support,
        "Escape" => Key::Step(Step::Back),
        "ArrowLeft" if event.alt_key() => Key::Step(Step::Back),
        _ => Key::Nothing,
    }
}
