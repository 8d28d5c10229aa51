//! What crosses between the window and the desk: one request type a question or an act, each with its answer.
//!
//! The page sends `(NAME, request)` through one `invoke` and gets the answer or a [`Failure`]. The command line prints
//! the same answers with `--json`; what it prints stays stable, fields are only added.

pub mod act;
pub mod ask;
pub mod failure;
pub mod secret;
pub mod view;

pub use failure::{Code, Failure};
pub use secret::Secret;

use serde::{Serialize, de::DeserializeOwned};

/// A question (module [`ask`]) or an act (module [`act`]) with the type of its answer.
pub trait Request: Serialize + DeserializeOwned {
    const NAME: &'static str;
    type Answer: Serialize + DeserializeOwned;
}

macro_rules! requests {
    ($($request:ident -> $answer:ty),* $(,)?) => {
        $(impl $crate::Request for $request {
            const NAME: &'static str = stringify!($request);
            type Answer = $answer;
        })*
    };
}
use requests;

/// The name of the event that tells the page to ask again: something in the database moved (an exchange, another
/// program on the same folder). Its payload is a [`view::SyncView`], nothing where the desk
/// answers none any more.
pub const MOVED: &str = "moved";
