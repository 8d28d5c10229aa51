//! One case, in the parts that the full page and the panel beside the list are made of.

mod applicant;
mod clocks;
mod duplicates;
mod materials;
mod notice;
mod offers;
mod papers;
mod photos;
mod questions;
mod ratings;
mod review;
mod sides;
mod steps;
mod story;
mod supplement;
mod unmask;

pub use applicant::ApplicantCard;
pub use clocks::Clocks;
pub use duplicates::Duplicates;
pub use materials::MaterialsCard;
pub use offers::Offers;
pub use papers::PapersCard;
pub use photos::{PhotoSheet, PhotosCard};
pub use ratings::RatingsCard;
pub use review::{may_review, review, to_look_at};
pub use steps::{Marks, Steps, waits_for};
pub use story::Story;

use daiban_contract::view::CaseView;
use std::rc::Rc;
use yew::Properties;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case: Rc<CaseView>,
}
