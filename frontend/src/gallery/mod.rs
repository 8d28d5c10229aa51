//! Every widget in every state, on one page: for whoever draws another one, and for the test that goes over them.

mod fields;
mod lists;
mod marks;
mod rows;
mod surfaces;

use crate::texts::gallery as texts;
use fields::Fields;
use lists::Lists;
use marks::Marks;
use rows::Rows;
use surfaces::Surfaces;
use yew::prelude::*;

/// The window was opened to show it (`./run gallery`).
pub fn asked_for() -> bool {
    web_sys::window().and_then(|window| window.location().hash().ok()).as_deref() == Some("#gallery")
}

#[component]
pub fn GalleryPage() -> Html {
    html! {
        <div id="gallery" class="page gallery scroll" tabindex="0">
            <div class="head row"><h1>{ texts::title() }</h1><span class="soft">{ texts::about() }</span></div>
            <Marks />
            <Fields />
            <Lists />
            <Rows />
            <Surfaces />
        </div>
    }
}
