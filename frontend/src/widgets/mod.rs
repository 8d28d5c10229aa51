//! The small pieces every page is made of.

mod answer;
mod checked;
pub mod checklist;
pub mod choices;
mod combobox;
mod date;
mod dialog;
mod empty;
mod field;
mod frame;
mod icon;
mod light;
mod output;
mod paper;
mod person_picker;
mod pick;
mod progress;
mod sheet;
mod side_panel;
mod staff_picker;
pub mod table;
mod tabs;
mod told;
mod unit_picker;

pub use answer::Answer;
pub use checked::{CheckedPaper, subject_of_code};
pub use checklist::Checklist;
pub use combobox::Combobox;
pub use date::{DateInput, DayKind, weeks};
pub use dialog::Dialog;
pub use empty::Empty;
pub use field::{Beneath, TextField};
pub use frame::{Rail, Statusbar, Topbar};
pub use icon::{Icon, Sprite};
pub use light::{Light, Reach};
pub use output::{
    ASKED_MS, Made, MadeProps, MakingPapers, Output, To, poll, print_reason, print_says, print_state,
};
pub use paper::{Paper, PaperButton, PaperSheet};
pub use person_picker::PersonPicker;
pub use pick::{PickButton, Pickable};
pub use progress::Progress;
pub use sheet::{Close, Sheet};
pub use side_panel::SidePanel;
pub use staff_picker::StaffPicker;
pub use tabs::Tabs;
pub use told::{Notice, Trouble};
pub use unit_picker::UnitPicker;
