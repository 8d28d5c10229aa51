//! What crosses crates, on real parts: convergence over a breaking line, the command line, power cuts.

mod command_line;
mod convergence;
mod power_cuts;
