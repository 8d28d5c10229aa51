//! Acts. Each file does one, in one transaction.

mod archive;
mod attach;
mod batch;
pub(crate) mod bundle;
mod change_setting;
mod detach;
mod enrol;
mod entrust;
mod erase;
mod exchange;
mod import_calendar;
mod import_residents;
mod link_residents;
mod offer;
mod publish;
mod publish_setting;
mod purge_attachments;
mod record;
mod record_life_event;
mod record_matter;
mod save_attachment;
mod save_form;
mod set;
mod set_resident;
mod set_ways;
mod settle;
mod suggest;
mod take;
mod take_matter;

pub(crate) use enrol::enrol;
pub(crate) use offer::{offers, ordinary};
