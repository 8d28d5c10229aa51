//! 练习: what marks the window while nothing in it is real, the tour, and the question that comes before the first work.

mod offer;
mod stage;
mod strip;
mod tour;

pub use offer::OfferPage;
pub use strip::{Mark, Strip};

use daiban_domain::Level;

/// Into practice, within it, and out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Practice {
    Begin {
        /// With the tour.
        guided: bool,
        /// As whose desk; as this one's, or a village's where there is none yet.
        at: Option<Level>,
    },
    Anew,
    Leave,
}
