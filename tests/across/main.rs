//! What crosses crates, on real parts: convergence over a breaking line, the command line, power cuts, old backups and copies.
//!
//! Test code: a failure here is a failed test, so it panics.
#![allow(clippy::unwrap_used)]

mod at_rest;
mod attachments;
mod audit;
mod authority;
mod backup;
mod batches;
mod broken_lines;
mod bundles;
mod calendar;
mod catalogue;
mod clocks;
mod codes;
mod command_line;
mod convergence;
#[cfg(target_os = "linux")]
mod core_dumps;
mod corpus;
mod county_settings;
mod device_keys;
mod doubts;
mod drafts;
mod duplicates;
mod enrol_by_files;
mod fixtures;
mod forms;
mod growth;
mod health;
mod key_cut_short;
mod late_rows;
mod life_events;
mod lists;
mod matters;
mod new_item;
mod notices;
mod organisation;
mod overview;
mod papers;
mod power_cuts;
mod practice;
mod printing;
mod publications;
mod quarantine;
mod ratings;
mod register;
mod relay;
mod replaced;
mod restore;
mod revocation;
#[path = "../scenarios/mod.rs"]
mod scenarios;
mod search;
mod signatures;
mod skew;
mod support;
mod tls;
mod village_desk;
