//! The window of a desk: what to do now on the left, the list in the middle, the case on the right.
//!
//! Everything on the screen is an answer of the local database; nothing here waits for a network.

mod app;
mod batch;
mod calendar;
mod case;
mod cases;
mod catalogue;
mod dom;
#[cfg(feature = "gallery")]
mod gallery;
mod handbook;
mod ipc;
mod keeping;
mod keys;
mod live;
mod looks;
mod matters;
mod merge;
mod notices;
mod overview;
mod pages;
mod palette;
mod people;
mod photo;
mod place;
mod practice;
mod rating;
mod record;
mod residents;
mod says;
mod sync;
mod texts;
mod users;
mod widgets;
mod words;

fn main() {
    looks::restore();
    yew::Renderer::<app::App>::new().render();
}
