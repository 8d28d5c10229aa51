//! The words and rules of the convenience-service network (便民服务体系), as pure functions and values.
//!
//! Nothing here reads a clock, a disk or a network: time, calendar and settings are arguments. The same code runs at
//! the desk and, compiled to WebAssembly, beside the input fields of the window.

pub mod access;
pub mod calendar;
pub mod case;
pub mod check;
pub mod clock;
pub mod deadline;
pub mod delegation;
pub mod erasure;
pub mod id;
pub mod item;
pub mod mask;
pub mod matter;
pub mod notice;
pub mod office;
pub mod pinyin;
pub mod rating;
pub mod ratio;
pub mod reading;
pub mod resident;
pub mod revocation;
pub mod role;
pub mod staff;
pub mod unit;
pub mod words;

pub use clock::{Hlc, Instant};
pub use id::{ContentHash, DeviceId, DocumentId, EventId, PersonId};
pub use ratio::Ratio;
pub use role::{Role, speaks_for_the_county};
pub use unit::{Level, Unit, UnitCode};

/// The version of the case rules (state table, order of events, conflict rule) that this program writes into what it
/// makes. A released version is never edited; a case folds under the version of its first event.
///
/// 1: 2026-11-24, the first.
pub const RULES_VERSION: u16 = 1;
