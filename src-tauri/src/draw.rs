//! How the page gets onto the screen.

use std::{env, fs};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebView, WebViewExt};

/// Without a graphics card WebKit composes the page on one that the processor imitates, and an old laptop takes a tenth of
/// a second for each frame. Drawn straight into the window it takes none of that (docs/benchmarks.md).
pub fn by_what_there_is(page: &WebView) {
    // A driver that presses keys waits for a frame that isn't drawn here, sometimes for ever: the stories ask for frames.
    if env::var_os("DAIBAN_COMPOSED").is_none()
        && !has_graphics_card()
        && let Some(settings) = WebViewExt::settings(page)
    {
        settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
    }
}

/// Something that can draw for a program, by the kernel's word.
fn has_graphics_card() -> bool {
    let nodes = fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    nodes.into_iter().any(|node| node.file_name().to_string_lossy().starts_with("renderD"))
}
