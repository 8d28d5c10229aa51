//! A long answer, of which only the part that is looked at is asked for.

use crate::{ipc, live::use_here};
use daiban_contract::{Failure, Request, ask};
use gloo_timers::future::TimeoutFuture;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    rc::Rc,
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Rows asked for together.
const PAGE: usize = 50;
/// Pages kept: what one has just come from is there again at once.
const KEPT: usize = 40;
/// What only flies by while somebody scrolls isn't asked for, ms.
const RESTING_MS: u32 = 40;

/// A question that can be answered in pages.
pub trait Paged: Request<Answer: PartialEq> + Clone + PartialEq + 'static {
    fn page(&self, offset: u32, limit: u32) -> Self;
}

impl Paged for ask::Cases {
    fn page(&self, offset: u32, limit: u32) -> Self {
        Self { offset, limit, ..self.clone() }
    }
}

impl Paged for ask::Originals {
    fn page(&self, offset: u32, limit: u32) -> Self {
        Self { offset, limit, ..self.clone() }
    }
}

impl Paged for ask::Matters {
    fn page(&self, offset: u32, limit: u32) -> Self {
        Self { offset, limit, ..self.clone() }
    }
}

/// The pages that are here. While those of a new question, or newer ones, are on their way, the old ones stay.
pub struct Pages<Q: Request> {
    /// What they answer.
    question: Option<Q>,
    /// Each with how often the database had moved when it was asked for.
    pages: BTreeMap<usize, (u32, Rc<Q::Answer>)>,
    /// The page that came last: what it says of the whole is the newest.
    pub last: Option<Rc<Q::Answer>>,
    pub failure: Option<Failure>,
}

impl<Q: Request> Default for Pages<Q> {
    fn default() -> Self {
        Self { question: None, pages: BTreeMap::new(), last: None, failure: None }
    }
}

impl<Q: Request> Pages<Q> {
    /// The page on which a row stands, and its place on it.
    pub fn at(&self, row: usize) -> Option<(&Rc<Q::Answer>, usize)> {
        self.pages.get(&(row / PAGE)).map(|(_, answer)| (answer, row % PAGE))
    }

    /// The pages that are here, each with the place of its first row.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Rc<Q::Answer>)> {
        self.pages.iter().map(|(page, (_, answer))| (page * PAGE, answer))
    }
}

pub enum Come<Q: Request> {
    Page { question: Q, moved: u32, page: usize, answer: Rc<Q::Answer> },
    Failed(Failure),
}

impl<Q: Paged> Pages<Q> {
    fn with(&self, come: Come<Q>) -> Self {
        let mut now = Self {
            question: self.question.clone(),
            pages: self.pages.clone(),
            last: self.last.clone(),
            failure: None,
        };
        match come {
            Come::Failed(failure) => now.failure = Some(failure),
            Come::Page { question, moved, page, answer } => {
                if now.question.as_ref() != Some(&question) {
                    now.pages.clear();
                    now.question = Some(question);
                }
                now.last = Some(answer.clone());
                now.pages.insert(page, (moved, answer));
                while now.pages.len() > KEPT {
                    let farthest = now.pages.keys().copied().max_by_key(|at| at.abs_diff(page));
                    farthest.map(|at| now.pages.remove(&at));
                }
            }
        }
        now
    }
}

/// The pages as they stand; drawn again when they are others.
struct Held<Q: Request>(Rc<Pages<Q>>);

impl<Q: Paged> Reducible for Held<Q> {
    type Action = Come<Q>;

    fn reduce(self: Rc<Self>, come: Come<Q>) -> Rc<Self> {
        Rc::new(Self(Rc::new(self.0.with(come))))
    }
}

/// What is being asked for.
struct Asking<Q> {
    question: Option<(Q, u32)>,
    pages: BTreeSet<usize>,
    /// What is looked at now.
    looked_at: Range<usize>,
}

/// Asks for the pages of the rows that are looked at, again when the question changes or the database moves.
#[hook]
pub fn use_pages<Q: Paged>(question: Q, rows: Range<usize>) -> Rc<Pages<Q>> {
    let here = use_here();
    let held = use_reducer(|| Held::<Q>(Rc::default()));
    let asking = use_mut_ref(|| Asking::<Q> { question: None, pages: BTreeSet::new(), looked_at: 0..0 });
    let wanted = rows.start / PAGE..rows.end.div_ceil(PAGE).max(rows.start / PAGE + 1);
    let shown = held.0.clone();
    use_effect_with((question, here.moved, wanted), move |(question, moved, wanted)| {
        let (question, moved) = (question.clone(), *moved);
        let now = Some((question.clone(), moved));
        let mut asked = asking.borrow_mut();
        let begins = asked.question != now;
        if begins {
            asked.question = now.clone();
            asked.pages.clear();
        }
        asked.looked_at = wanted.clone();
        for page in wanted.clone() {
            let pages = &held.0;
            let fresh = pages.question.as_ref() == Some(&question)
                && pages.pages.get(&page).is_some_and(|(at, _)| *at == moved);
            if fresh || !asked.pages.insert(page) {
                continue;
            }
            let (asking, now, question, pages) =
                (asking.clone(), now.clone(), question.clone(), held.dispatcher());
            spawn_local(async move {
                if !begins {
                    TimeoutFuture::new(RESTING_MS).await;
                    let mut asking = asking.borrow_mut();
                    if asking.question != now {
                        return;
                    }
                    if !asking.looked_at.contains(&page) {
                        asking.pages.remove(&page);
                        return;
                    }
                }
                let result = ipc::ask(question.page((page * PAGE) as u32, PAGE as u32)).await;
                // An answer that was overtaken by a newer question must not replace the newer one's.
                if asking.borrow().question != now {
                    return;
                }
                asking.borrow_mut().pages.remove(&page);
                pages.dispatch(match result {
                    Ok(answer) => Come::Page { question, moved, page, answer: Rc::new(answer) },
                    Err(failure) => Come::Failed(failure),
                });
            });
        }
    });
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_contract::view::CaseList;
    use std::collections::BTreeMap as Counts;

    fn came(search: &str, moved: u32, page: usize, total: u64) -> Come<ask::Cases> {
        let question = ask::Cases { search: Some(search.to_owned()), ..Default::default() };
        let answer = CaseList { total, counts: Counts::new(), doubtful: 0, cases: Vec::new() };
        Come::Page { question, moved, page, answer: Rc::new(answer) }
    }

    fn after(steps: impl IntoIterator<Item = Come<ask::Cases>>) -> Pages<ask::Cases> {
        steps.into_iter().fold(Pages::default(), |pages, come| pages.with(come))
    }

    fn kept(pages: &Pages<ask::Cases>) -> Vec<(usize, u64)> {
        pages.iter().map(|(first, answer)| (first, answer.total)).collect()
    }

    #[test]
    fn pages_stay_until_another_question_is_answered() {
        let pages = after([came("a", 1, 0, 90), came("a", 1, 1, 90), came("a", 2, 0, 91)]);
        assert_eq!(kept(&pages), [(0, 91), (50, 90)], "one that is older stays till it is asked for again");
        assert_eq!(pages.last.as_ref().map(|list| list.total), Some(91));
        assert_eq!(pages.at(57).map(|(_, at)| at), Some(7));
        assert!(pages.at(100).is_none());
        let pages = pages.with(came("b", 2, 0, 3));
        assert_eq!(kept(&pages), [(0, 3)]);
    }

    #[test]
    fn a_failure_takes_nothing_off_the_screen_and_goes_with_the_next_answer() {
        let failed = Come::Failed(Failure::new(daiban_contract::Code::Internal, "x"));
        let pages = after([came("a", 1, 0, 90), failed]);
        assert!(pages.failure.is_some() && kept(&pages) == [(0, 90)]);
        assert!(pages.with(came("a", 1, 1, 90)).failure.is_none());
    }

    #[test]
    fn what_is_farthest_goes_first() {
        let pages = after((0..60).map(|page| came("a", 1, page, 9_000)));
        assert_eq!(kept(&pages).len(), KEPT);
        assert_eq!(kept(&pages).first(), Some(&(20 * PAGE, 9_000)));
    }
}
