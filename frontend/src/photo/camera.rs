//! Photos taken with the computer's camera: page after page, looked at afterwards.

use super::editor::QUALITY;
use crate::{
    texts::photos as texts,
    widgets::{Dialog, Icon},
};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    CanvasRenderingContext2d, DomException, HtmlCanvasElement, HtmlVideoElement, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};
use yew::prelude::*;

/// Small print needs many points, and a telephone's or tablet's camera looks away from whoever holds it.
const WANTED: &str = r#"{"width":{"ideal":1920},"facingMode":"environment"}"#;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// How many have been taken since it was opened.
    pub taken: usize,
    /// One, as a data URL.
    pub on_taken: Callback<String>,
    pub on_close: Callback<()>,
}

/// How far the camera is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Eye {
    Opening,
    Sees,
    Missing,
    Forbidden,
    Busy,
    Fails,
}

impl Eye {
    /// By what the webview says of a camera that it can't open (W3C Media Capture and Streams, §10.2).
    fn closed(error: &str) -> Self {
        match error {
            "NotFoundError" | "OverconstrainedError" => Self::Missing,
            "NotAllowedError" | "SecurityError" => Self::Forbidden,
            "NotReadableError" | "AbortError" => Self::Busy,
            _ => Self::Fails,
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Sees => "",
            Self::Opening => texts::camera_opens(),
            Self::Missing => texts::camera_missing(),
            Self::Forbidden => texts::camera_forbidden(),
            Self::Busy => texts::camera_busy(),
            Self::Fails => texts::camera_fails(),
        }
    }
}

#[component]
pub fn Camera(Props { taken, on_taken, on_close }: &Props) -> Html {
    let eye = use_state_eq(|| Eye::Opening);
    let video = use_node_ref();
    {
        let (eye, video) = (eye.clone(), video.clone());
        use_effect_with((), move |()| {
            let held = Rc::new(RefCell::new(Held::Wanted));
            let lent = held.clone();
            spawn_local(async move {
                let opened = open().await;
                let Ok(stream) = opened else {
                    return eye.set(Eye::closed(&opened.err().as_ref().map(name).unwrap_or_default()));
                };
                if matches!(*lent.borrow(), Held::LetGo) {
                    return stop(&stream);
                }
                if let Some(video) = video.cast::<HtmlVideoElement>() {
                    video.set_src_object(Some(&stream));
                    if let Ok(played) = video.play() {
                        let _ = JsFuture::from(played).await;
                    }
                }
                *lent.borrow_mut() = Held::Open(stream);
                eye.set(Eye::Sees);
            });
            move || {
                if let Held::Open(stream) = held.replace(Held::LetGo) {
                    stop(&stream);
                }
            }
        });
    }
    let take = {
        let (video, on_taken) = (video.clone(), on_taken.clone());
        Callback::from(move |_: MouseEvent| {
            let photo = video.cast::<HtmlVideoElement>().and_then(|video| still(&video));
            photo.into_iter().for_each(|photo| on_taken.emit(photo));
        })
    };
    let done = on_close.reform(|_: MouseEvent| ());
    // The page beneath has no part in what is typed here.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    let sees = *eye == Eye::Sees;
    html! {
        <div {onkeydown}>
            <Dialog id="camera" class="wide" label={texts::camera()} first="#camera-done" on_close={on_close.clone()}>
                <header class="row">
                    <h2>{ texts::camera() }</h2><span class="soft" role="status">{ texts::taken_count(*taken) }</span>
                </header>
                <div class="easel">
                    if !sees { <p class={if *eye == Eye::Opening { "soft" } else { "doubt-box" }} role="alert">{ eye.says() }</p> }
                    <video ref={video} class="sight" muted=true hidden={!sees} aria-label={texts::camera_sees()} />
                </div>
                <p class="dense soft">{ texts::camera_how() }</p>
                <footer class="row">
                    <span class="spring" />
                    <button id="camera-done" type="button" class="button quiet" onclick={done}>
                        { if *taken == 0 { texts::camera_close() } else { texts::camera_look() } }
                    </button>
                    <Shutter ready={sees} onclick={take} />
                </footer>
            </Dialog>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ShutterProps {
    ready: bool,
    onclick: Callback<MouseEvent>,
}

/// Has the focus as soon as the camera sees something.
#[component]
fn Shutter(ShutterProps { ready, onclick }: &ShutterProps) -> Html {
    use_effect_with(*ready, |ready| _ = *ready && crate::dom::focus("#shutter"));
    html! {
        <button id="shutter" type="button" class="button primary" disabled={!ready} {onclick}>
            <Icon name="camera" />{ texts::shutter() }
        </button>
    }
}

/// What becomes of the stream between asking for it and leaving.
enum Held {
    Wanted,
    Open(MediaStream),
    LetGo,
}

async fn open() -> Result<MediaStream, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let wanted = MediaStreamConstraints::new();
    wanted.set_video(&js_sys::JSON::parse(WANTED)?);
    let promise = window.navigator().media_devices()?.get_user_media_with_constraints(&wanted)?;
    JsFuture::from(promise).await?.dyn_into()
}

fn name(error: &JsValue) -> String {
    error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default()
}

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.dyn_ref::<MediaStreamTrack>().into_iter().for_each(MediaStreamTrack::stop);
    }
}

/// What the camera sees now, as a data URL.
fn still(video: &HtmlVideoElement) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(video.video_width());
    canvas.set_height(video.video_height());
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.draw_image_with_html_video_element(video, 0.0, 0.0).ok()?;
    (canvas.width() > 0)
        .then(|| canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &QUALITY.into()).ok())?
}

#[cfg(test)]
mod tests {
    use super::Eye;

    #[test]
    fn a_camera_that_cannot_be_opened_says_why() {
        let errors = ["NotFoundError", "NotAllowedError", "NotReadableError", "TypeError", ""];
        let eyes = errors.map(Eye::closed);
        assert_eq!(eyes, [Eye::Missing, Eye::Forbidden, Eye::Busy, Eye::Fails, Eye::Fails]);
        assert!(eyes.iter().all(|eye| !eye.says().is_empty()));
    }
}
