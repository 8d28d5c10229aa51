//! Ratings (好差评): read from their documents, projected into rows, counted.

mod count;
mod project;
mod record;
mod ticket;

pub use count::{Asked, WrongGuide, counted, ended, wrong_guides};
pub(crate) use project::{begin_anew, forget, project};
pub use record::{RatingRecord, fill, find, of_case};
pub use ticket::{TicketRow, ticket};
pub(crate) use ticket::{forget as forget_ticket, project as project_ticket};
