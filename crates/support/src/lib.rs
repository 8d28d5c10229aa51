//! What a county's technician goes by when something is wrong: the log, and the file in which it travels. Both programs keep
//! the one and write the other; neither names anybody.

pub mod log;
mod pack;

pub use pack::pack;
