mod case;
mod desk;
mod enrol;
mod home;
mod items;
mod record;
mod sync;

pub use case::CasePage;
pub use desk::DeskPage;
pub use enrol::EnrolPage;
pub use home::HomePage;
pub use items::ItemsPage;
pub use record::RecordPage;
pub use sync::SyncPage;
