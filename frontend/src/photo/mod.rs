//! A photo before it is kept: from a file, a drag, the clipboard, the camera or a scanner's folder; turned and cropped.

mod camera;
mod editor;
mod frame;
mod scans;
mod sources;

pub use camera::Camera;
pub use editor::PhotoEditor;
pub use scans::Scans;
pub use sources::{dropped, use_pasted};
