//! The small pieces every page is made of.

mod answer;
mod checked;
mod field;
mod frame;
mod icon;
mod light;
mod output;
mod paper;
mod pick;
mod told;

pub use answer::Answer;
pub use checked::{CheckedPaper, subject_of_code};
pub use field::{Beneath, TextField};
pub use frame::{Rail, Statusbar, Topbar};
pub use icon::{Icon, Sprite};
pub use light::{Light, Reach};
pub use output::{Made, MadeProps, Output, Progress, To};
pub use paper::{Paper, PaperButton, PaperSheet};
pub use pick::PickButton;
pub use told::{Notice, Trouble};
