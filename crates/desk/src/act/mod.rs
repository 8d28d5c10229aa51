//! Acts. Each file does one, in one transaction.

mod archive;
mod attach;
mod authority;
mod batch;
pub(crate) mod bundle;
mod change_agent;
mod change_setting;
mod delegate;
mod detach;
mod enrol;
mod erase;
mod exchange;
mod import_units;
mod offer;
mod publish_setting;
mod purge_attachments;
mod record;
mod save_attachment;
mod save_form;
mod set;
mod set_staff;
mod set_ways;
mod settle;
mod take;

pub(crate) use change_agent::originals_in_the_village;
pub(crate) use enrol::enrol;
pub(crate) use offer::{offers, ordinary};
