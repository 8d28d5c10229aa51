//! One photo before it is kept: turned, cropped, or not kept at all.

use super::frame::{Frame, Side, WHOLE};
use crate::{
    texts::photos as texts,
    widgets::{Dialog, Icon},
};
use std::{f64::consts::FRAC_PI_2, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement};
use yew::prelude::*;

/// A photo at arm's length of a page of small print can still be read.
pub(super) const QUALITY: f64 = 0.92;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// As a data URL.
    pub url: AttrValue,
    /// How many wait behind it.
    pub more: usize,
    /// What is to be kept; nothing of what isn't.
    pub on_done: Callback<Option<String>>,
    /// All of them as they are.
    pub on_all: Callback<()>,
}

/// A picture once the webview has read it; known by its address.
#[derive(Clone)]
struct Loaded(Rc<HtmlImageElement>);

impl PartialEq for Loaded {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Loaded {
    fn size(&self) -> (f64, f64) {
        (f64::from(self.0.natural_width()), f64::from(self.0.natural_height()))
    }
}

#[component]
pub fn PhotoEditor(Props { url, more, on_done, on_all }: &Props) -> Html {
    let image = use_state_eq(|| None::<Result<Loaded, ()>>);
    let frame = use_state_eq(Frame::default);
    // Where a box began.
    let from = use_state_eq(|| None::<(f64, f64)>);
    let canvas = use_node_ref();
    {
        let image = image.clone();
        use_effect_with(url.clone(), move |url| {
            load(url, move |loaded| image.set(Some(loaded)));
        });
    }
    {
        let canvas = canvas.clone();
        let shown = Frame { part: WHOLE, ..*frame };
        use_effect_with(((*image).clone(), shown), move |(image, shown)| {
            if let (Some(Ok(image)), Some(canvas)) = (image, canvas.cast::<HtmlCanvasElement>()) {
                draw(&canvas, image, shown);
            }
        });
    }
    let set = |change: fn(Frame) -> Frame| {
        let frame = frame.clone();
        Callback::from(move |_: MouseEvent| frame.set(change(*frame)))
    };
    let begin = {
        let from = from.clone();
        Callback::from(move |event: PointerEvent| {
            event.prevent_default();
            from.set(place(&event));
        })
    };
    let stretch = {
        let (from, frame) = (from.clone(), frame.clone());
        Callback::from(move |event: PointerEvent| {
            if let (Some(from), Some(to)) = (*from, place(&event)) {
                frame.set(frame.cropped(from, to));
            }
        })
    };
    let end = {
        let from = from.clone();
        Callback::from(move |_: PointerEvent| from.set(None))
    };
    let keep = {
        let (image, frame, url, on_done) = (image.clone(), *frame, url.clone(), on_done.clone());
        Callback::from(move |_: MouseEvent| {
            let made = match &*image {
                Some(Ok(image)) if !frame.untouched() => made(image, &frame),
                _ => None,
            };
            on_done.emit(Some(made.unwrap_or_else(|| url.to_string())));
        })
    };
    let leave = on_done.reform(|_: MouseEvent| None);
    let all = on_all.reform(|_: MouseEvent| ());
    // The page beneath has no part in what is typed here.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    let on_close = on_done.reform(|()| None);
    let part = frame.part;
    let percent = |share: f64| format!("{:.2}%", share * 100.0);
    let kept = format!(
        "left:{};top:{};width:{};height:{}",
        percent(part.left),
        percent(part.top),
        percent(part.right - part.left),
        percent(part.bottom - part.top)
    );
    let trim = |id: &'static str, says: &'static str, change: fn(Frame) -> Frame| {
        html! { <button {id} type="button" class="button small" onclick={set(change)}>{ says }</button> }
    };
    html! {
        <div {onkeydown}>
            <Dialog id="photo-editor" class="wide" label={texts::edit()} first="#keep-photo" {on_close}>
                <header class="row">
                    <h2>{ texts::edit() }</h2>
                    if *more > 0 { <span class="soft">{ texts::more(*more) }</span> }
                    <span class="spring" />
                    <button id="turn-photo" type="button" class="button small" onclick={set(Frame::turned)}>
                        <Icon name="rotate-cw" />{ texts::turn() }
                    </button>
                </header>
                <div class="easel">
                    if matches!(&*image, Some(Err(()))) { <p class="doubt-box" role="alert">{ texts::unreadable() }</p> }
                    <div class="canvas" onpointerdown={begin} onpointermove={stretch} onpointerup={end.clone()}
                        onpointerleave={end}>
                        <canvas ref={canvas} role="img" aria-label={texts::picture()} />
                        if part != WHOLE { <i class="kept" style={kept} /> }
                    </div>
                </div>
                <p class="dense soft">{ texts::crop_says() }</p>
                <footer class="row wrap">
                    <Icon name="crop" />
                    { trim("trim-top", texts::top(), |frame| frame.trimmed(Side::Top)) }
                    { trim("trim-bottom", texts::bottom(), |frame| frame.trimmed(Side::Bottom)) }
                    { trim("trim-left", texts::left(), |frame| frame.trimmed(Side::Left)) }
                    { trim("trim-right", texts::right(), |frame| frame.trimmed(Side::Right)) }
                    if part != WHOLE { { trim("uncrop", texts::whole(), |frame| Frame { part: WHOLE, ..frame }) } }
                    <span class="spring" />
                    <button id="drop-photo" type="button" class="button quiet" onclick={leave}>{ texts::not_this() }</button>
                    if *more > 0 {
                        <button id="keep-all" type="button" class="button" onclick={all}>{ texts::keep_all(*more + 1) }</button>
                    }
                    <button id="keep-photo" type="button" class="button primary" onclick={keep}>{ texts::keep() }</button>
                </footer>
            </Dialog>
        </div>
    }
}

fn load(url: &str, then: impl Fn(Result<Loaded, ()>) + 'static) {
    let Ok(image) = HtmlImageElement::new() else { return then(Err(())) };
    let image = Rc::new(image);
    let then = Rc::new(then);
    let (read, done) = (image.clone(), then.clone());
    let loaded = Closure::once_into_js(move || done(Ok(Loaded(read))));
    let failed = Closure::once_into_js(move || then(Err(())));
    image.set_onload(loaded.dyn_ref());
    image.set_onerror(failed.dyn_ref());
    image.set_src(url);
}

/// Where a pointer is, in shares of the picture.
fn place(event: &PointerEvent) -> Option<(f64, f64)> {
    let area = event.current_target()?.dyn_into::<Element>().ok()?.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()) - area.left(), f64::from(event.client_y()) - area.top());
    (area.width() > 0.0 && area.height() > 0.0).then(|| (x / area.width(), y / area.height()))
}

/// Draws the part of a picture that a frame leaves, upright.
fn draw(canvas: &HtmlCanvasElement, image: &Loaded, frame: &Frame) -> Option<()> {
    let (width, height) = frame.upright(image.size());
    let part = frame.part;
    canvas.set_width(((part.right - part.left) * width).round() as u32);
    canvas.set_height(((part.bottom - part.top) * height).round() as u32);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // What can be seen through is paper; a JPEG would make it black.
    pen.set_fill_style_str("#fff");
    pen.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    let (x, y) = frame.corner(image.size());
    pen.translate(x - part.left * width, y - part.top * height).ok()?;
    pen.rotate(f64::from(frame.turns) * FRAC_PI_2).ok()?;
    pen.draw_image_with_html_image_element(&image.0, 0.0, 0.0).ok()
}

/// The picture as it is to be kept, as a data URL.
fn made(image: &Loaded, frame: &Frame) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    draw(&canvas, image, frame)?;
    canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &QUALITY.into()).ok()
}
