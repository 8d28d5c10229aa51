//! What a person has to look at, one after another: two values of a field, acts that don't count, requests made twice, people
//! entered twice.

mod acts;
mod alike;
mod choice;
mod facts;
mod fields;
mod list;
mod sitting;
mod task;
mod twice;

pub use acts::Acts;
pub use alike::Alike;
pub use fields::Fields;
pub use list::List;
pub use sitting::{Sitting, Turn};
pub use task::{Task, tasks};
pub use twice::Twice;

use daiban_contract::act::{Act, LinkResidents, Unsettle};
use std::rc::Rc;
use yew::{AttrValue, Callback, Properties};

/// What was just settled, and what puts it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    pub says: String,
    pub back: Back,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Back {
    /// As it was before: each field has its two values again.
    Fields { name: String, unsettle: Vec<Unsettle> },
    /// The opposite word.
    Word(LinkResidents),
    /// To be looked at once more.
    Unseen { name: String, review: Act },
    /// There is no way back.
    No,
}

/// What the one at the right is given.
#[derive(Properties, PartialEq)]
pub struct Props<T: PartialEq> {
    pub of: Rc<T>,
    pub later: Callback<()>,
    /// It is settled: on to the next one.
    pub done: Callback<Settled>,
}

/// Opens a case on the whole page.
pub fn open_case(here: &crate::live::Here, case_no: &str) -> Callback<yew::MouseEvent> {
    use crate::place::{Page, Step};
    let (here, case_no) = (here.clone(), AttrValue::from(case_no.to_owned()));
    Callback::from(move |_| here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None })))
}
