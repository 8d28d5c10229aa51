//! A photo before it is kept: from a file, a drag, the clipboard or a scanner's folder; turned and cropped.

mod editor;
mod frame;
mod scans;
mod sources;

pub use editor::PhotoEditor;
pub use scans::Scans;
pub use sources::{dropped, use_pasted};
