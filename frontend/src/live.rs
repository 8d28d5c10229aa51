//! Answers that follow the database, and acts that make it move.

use crate::{
    ipc,
    place::{Place, Step},
    practice::Practice,
    texts::Language,
};
use daiban_contract::{Failure, Request, view::DeskView};
use daiban_domain::Level;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What every part of the window knows: whose desk it is, and how to move on.
#[derive(Clone, PartialEq)]
pub struct Here {
    pub desk: Rc<DeskView>,
    /// Raised whenever the database may have moved; every answer on the screen is then asked for again.
    pub moved: u32,
    /// A sheet lies over the page and has the keys.
    pub covered: bool,
    pub go: UseReducerDispatcher<Place>,
    pub tell: Callback<Told>,
    pub touch: Callback<()>,
    pub language: Language,
    pub speak: Callback<Language>,
    pub practise: Callback<Practice>,
}

/// A line for the person: what was done, or what went wrong.
#[derive(Clone, PartialEq, Debug)]
pub enum Told {
    Done(String),
    /// Done, and it can be taken back.
    Undo(String, Callback<()>),
    Failed(Failure),
}

impl Here {
    pub fn go(&self, step: Step) {
        self.go.dispatch(step);
    }

    /// One step back: closes the sheet that lies over the page.
    pub fn back(&self) -> Callback<()> {
        let go = self.go.clone();
        Callback::from(move |()| go.dispatch(Step::Back))
    }

    pub fn is(&self, level: Level) -> bool {
        self.desk.level == level
    }

    /// Asks once, for what comes next. A failure is told.
    pub fn ask<R: Request + 'static>(&self, question: R, then: impl FnOnce(R::Answer) + 'static) {
        let tell = self.tell.clone();
        spawn_local(async move {
            match ipc::ask(question).await {
                Ok(answer) => then(answer),
                Err(failure) => tell.emit(Told::Failed(failure)),
            }
        });
    }

    /// Sends an act, hands its outcome on and lets the screen ask again. A failure is told and changes nothing.
    pub fn act<R: Request + 'static>(&self, act: R, then: impl FnOnce(Result<R::Answer, Failure>) + 'static) {
        let here = self.clone();
        spawn_local(async move {
            let outcome = ipc::ask(act).await;
            if let Err(failure) = &outcome {
                here.tell.emit(Told::Failed(failure.clone()));
            }
            then(outcome);
            here.touch.emit(());
        });
    }
}

/// The window's surroundings.
#[hook]
pub fn use_here() -> Here {
    use_context().expect("every part stands below the window's provider")
}

/// The latest answer and the latest failure. While a newer one is on its way, or failed, the old data stays.
#[derive(PartialEq)]
pub struct Answer<A> {
    pub data: Option<Rc<A>>,
    pub failure: Option<Failure>,
}

impl<A> Clone for Answer<A> {
    fn clone(&self) -> Self {
        Self { data: self.data.clone(), failure: self.failure.clone() }
    }
}

/// Asks now, whenever the question changes, and whenever the database moves. `None` asks nothing.
#[hook]
pub fn use_answer<R>(question: Option<R>) -> Answer<R::Answer>
where
    R: Request + Clone + PartialEq + 'static,
    R::Answer: PartialEq + 'static,
{
    let here = use_here();
    let answer = use_state_eq(|| Answer { data: None, failure: None });
    let shown = (*answer).clone();
    use_effect_with((question, here.moved), move |(question, _)| {
        let wanted = Rc::new(Cell::new(true));
        if let Some(question) = question.clone() {
            let wanted = wanted.clone();
            spawn_local(async move {
                let result = ipc::ask(question).await;
                // An answer that was overtaken by a newer question must not replace the newer one's.
                if wanted.get() {
                    answer.set(match result {
                        Ok(data) => Answer { data: Some(Rc::new(data)), failure: None },
                        Err(failure) => Answer { data: answer.data.clone(), failure: Some(failure) },
                    });
                }
            });
        }
        move || wanted.set(false)
    });
    shown
}
