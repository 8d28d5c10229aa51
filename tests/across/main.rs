//! What crosses crates, on real parts: convergence over a breaking line, the command line, power cuts, old backups and copies.
//!
//! Test code: a failure here is a failed test, so it panics.
#![allow(clippy::unwrap_used)]

mod attachments;
mod broken_lines;
mod bundles;
mod command_line;
mod convergence;
mod power_cuts;
mod relay;
mod restore;
