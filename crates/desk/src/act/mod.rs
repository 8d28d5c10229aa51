//! Acts. Each file does one, in one transaction.

mod archive;
mod bundle;
mod enrol;
mod erase;
mod exchange;
mod offer;
mod record;
mod save_form;
mod set;
mod set_ways;
mod settle;
mod take;

pub(crate) use enrol::enrol;
pub(crate) use offer::{offers, ordinary};
