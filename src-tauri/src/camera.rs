//! The camera: for photos of papers, when somebody asks for one. Nothing is ever heard.

use std::env;
use webkit2gtk::{
    DeviceInfoPermissionRequest, PermissionRequestExt, SettingsExt, UserMediaPermissionRequest,
    UserMediaPermissionRequestExt, WebView, WebViewExt,
    glib::prelude::{Cast, ObjectExt},
};

pub fn let_in(page: &WebView) {
    if let Some(settings) = WebViewExt::settings(page) {
        settings.set_enable_media_stream(true);
        // WebKit's own picture in place of a camera: the stories run where there is none.
        settings.set_enable_mock_capture_devices(env::var_os("DAIBAN_MOCK_CAMERA").is_some());
    }
    page.connect_permission_request(|_, request| {
        let asked = request.downcast_ref::<UserMediaPermissionRequest>();
        let to_see = asked.is_some_and(|one| one.is_for_video_device() && !one.is_for_audio_device());
        if to_see || request.is::<DeviceInfoPermissionRequest>() {
            request.allow();
        } else {
            request.deny();
        }
        true
    });
}
