//! Acts. Each file does one, in one transaction.

mod archive;
mod attach;
pub(crate) mod bundle;
mod change_setting;
mod detach;
mod enrol;
mod erase;
mod exchange;
mod offer;
mod publish_setting;
mod purge_attachments;
mod record;
mod record_life_event;
mod record_matter;
mod save_attachment;
mod save_form;
mod set;
mod set_ways;
mod settle;
mod take;
mod take_matter;

pub(crate) use enrol::enrol;
pub(crate) use offer::{offers, ordinary};
