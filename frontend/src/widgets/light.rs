//! The two marks of a case: its clock, and how far its record has got. Both carry their words.

use crate::texts::marks as texts;
use daiban_contract::view;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LightProps {
    /// `None`: no clock runs.
    pub light: Option<view::Light>,
    pub says: AttrValue,
}

#[component]
pub fn Light(LightProps { light, says }: &LightProps) -> Html {
    let light = match light {
        None => "done",
        Some(view::Light::Green) => "green",
        Some(view::Light::Blue) => "blue",
        Some(view::Light::Amber) => "amber",
        Some(view::Light::Red) => "red",
        Some(view::Light::Stopped) => "paused",
    };
    html! { <span class="light" data-light={light}>{ says }</span> }
}

#[derive(Properties, PartialEq)]
pub struct ReachProps {
    pub at: view::Reach,
}

#[component]
pub fn Reach(ReachProps { at }: &ReachProps) -> Html {
    let (code, says) = match at {
        view::Reach::Here => ("HERE", texts::here()),
        view::Reach::Township => ("TOWNSHIP", texts::township()),
        view::Reach::County => ("COUNTY", texts::county()),
        view::Reach::Resend => ("RESEND", texts::resend()),
    };
    html! { <span class="reach" data-reach={code}><i><b /></i>{ says }</span> }
}
