//! 通知 and 政策: the list, one to read, writing one, and who has read it.

mod article;
mod card;
mod draft;
mod list;
mod one;
mod readers;
mod take_back;
mod write;

pub use card::NoticesCard;
pub use draft::Begin;
pub use list::NoticeList;
pub use one::NoticeOne;
pub use write::WriteNotice;
