mod case;
mod day;
mod desk;
mod duplicates;
mod enrol;
mod home;
mod items;
mod record;
mod sync;

pub use case::CasePage;
pub use day::DayPage;
pub use desk::DeskPage;
pub use duplicates::DuplicatesPage;
pub use enrol::EnrolPage;
pub use home::HomePage;
pub use items::ItemsPage;
pub use record::RecordPage;
pub use sync::SyncPage;
