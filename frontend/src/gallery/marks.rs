//! What is only looked at or pressed.

use crate::{
    texts::gallery as texts,
    widgets::{Icon, Light, Reach},
};
use daiban_contract::view;
use yew::prelude::*;

const COLOURS: [(&str, &str); 8] = [
    ("canvas", "ink"),
    ("surface", "ink"),
    ("sunken", "ink"),
    ("selected", "ink"),
    ("fill", "on-accent"),
    ("doubt-soft", "doubt"),
    ("surface", "ink-2"),
    ("surface", "ink-3"),
];

#[component]
pub fn Marks() -> Html {
    let lights = [
        (Some(view::Light::Green), texts::green()),
        (Some(view::Light::Blue), texts::blue()),
        (Some(view::Light::Amber), texts::amber()),
        (Some(view::Light::Red), texts::red()),
        (Some(view::Light::Stopped), texts::stopped()),
        (None, texts::done()),
    ];
    let reaches = [view::Reach::Here, view::Reach::Township, view::Reach::County, view::Reach::Resend];
    html! {
        <>
            <section class="card wide">
                <header><h2>{ texts::colours() }</h2></header>
                <div class="body">
                    <p class="swatches">
                        { for COLOURS.iter().map(|(ground, ink)| html! {
                            <span style={format!("background: var(--{ground}); color: var(--{ink})")}>{ format!("{ground} · {ink}") }</span>
                        }) }
                    </p>
                    <p><span class="display">{ "237" }</span>{ " " }<span class="headline">{ texts::headline() }</span>{ " " }
                        <span class="title">{ texts::large_text() }</span>{ " " }{ texts::body() }{ " " }<span class="dense">{ texts::dense() }</span>
                        { " " }<span class="small">{ texts::note() }</span>{ " " }<span class="dense soft">{ texts::rare() }</span></p>
                </div>
            </section>
            <section class="card">
                <header><h2>{ texts::buttons() }</h2></header>
                <div class="body stack">
                    <p class="row wrap">
                        <button class="button primary">{ texts::accept() }<kbd>{ "Enter" }</kbd></button>
                        <button class="button">{ texts::tell() }</button>
                        <button class="button quiet">{ texts::call() }</button>
                        <button class="button" disabled=true>{ texts::settle() }</button>
                    </p>
                    <p class="row wrap">
                        <button class="button small"><Icon name="printer" />{ texts::print() }</button>
                        <button class="button tiny quiet">{ texts::look() }</button>
                        <button class="button large">{ texts::later() }</button>
                        <button class="button small" aria-pressed="true">{ texts::pressed() }</button>
                    </p>
                    <p class="row">
                        <span class="segments" role="group" aria-label={texts::segments()}>
                            <button aria-pressed="true">{ texts::all() }</button>
                            <button aria-pressed="false">{ texts::waiting() }</button>
                        </span>
                        <span class="tick" role="checkbox" tabindex="0" aria-checked="true" aria-label={texts::received()}><Icon name="check" /></span>
                        <span class="tick" role="checkbox" tabindex="0" aria-checked="false" aria-label={texts::missing()}><Icon name="check" /></span>
                    </p>
                </div>
            </section>
            <section class="card">
                <header><h2>{ texts::lights() }</h2></header>
                <div class="body stack">
                    <p class="row wrap dense">
                        { for lights.into_iter().map(|(light, says)| html! { <Light {light} {says} /> }) }
                    </p>
                    <p class="row wrap">{ for reaches.into_iter().map(|at| html! { <Reach {at} /> }) }</p>
                    <p class="row wrap">
                        <span class="chip state">{ texts::state() }</span>
                        <span class="chip mark">{ texts::mark() }</span>
                        <span class="chip doubt">{ texts::doubt() }</span>
                    </p>
                </div>
            </section>
        </>
    }
}
