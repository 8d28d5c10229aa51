//! A year of working days.

mod month;

pub use month::Months;
