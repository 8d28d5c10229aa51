//! A case (办件): its states, its events, and the fold that makes the one from the other.

pub mod attachment;
pub mod benefit;
pub mod clock;
pub mod correction;
pub mod custody;
pub mod deadlines;
pub mod duplicate;
mod end;
pub mod entrustment;
pub mod event;
pub mod fold;
pub mod frontier;
pub(crate) mod history;
pub mod joint;
pub mod number;
mod order;
pub mod precondition;
pub mod printed;
pub mod replaced;
pub mod review;
pub mod settings;
pub mod state;
pub mod transition;
pub mod value;

pub use attachment::Attachment;
pub use clock::ClockName;
pub use end::ended_on;
pub use event::{Authority, Event, Paper, Said};
pub use fold::{Folded, fold};
pub use order::Order;
pub use settings::{CountySettings, Settings};
pub use state::State;
