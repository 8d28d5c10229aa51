//! What went wrong. The desk's own sentence is Chinese and more exact; beside it stands what its code means.

use super::{Language, language};
use daiban_contract::{Code, Failure};

/// What a person is told.
pub fn says(failure: &Failure) -> String {
    match language() {
        Language::Chinese => failure.message.clone(),
        Language::English => format!("{} {}", english(failure.code), failure.message),
    }
}

fn english(code: Code) -> &'static str {
    match code {
        Code::NotEnrolled => "This computer isn't enrolled yet.",
        Code::AlreadyEnrolled => "This computer is enrolled already.",
        Code::BadCode => "The enrolment code is wrong, used or too old. Ask the county for another.",
        Code::BadInput => "That can't be read; look at what was typed.",
        Code::UnknownItem => "There is no such item in the catalogue.",
        Code::UnknownLifeEvent => "There is no such life event.",
        Code::UnknownUnit => "There is no such unit in this county.",
        Code::UnknownCase => "There is no such case here.",
        Code::UnknownMatter => "There is no such matter here.",
        Code::UnknownResident => "There is no such resident in the register.",
        Code::UnknownEvent => "There is no such act.",
        Code::UnknownForm => "There is no such form.",
        Code::UnknownField => "There is no such field.",
        Code::UnknownRole => "There is no such role.",
        Code::NotAllowed => "That can't be done here and now.",
        Code::NoRole => "Nobody at this desk has the role for it.",
        Code::MaterialMissing => "A required paper is missing.",
        Code::Archived => "The case has left with its closed year; only its row is here.",
        Code::Erased => "The case was erased by order.",
        Code::StatutoryRecord => "The case is an official record and has to be kept.",
        Code::FormNotEarned => "The case hasn't come to this form yet.",
        Code::BadAttachment => "That is no photo or scan, or too large a one.",
        Code::UnknownAttachment => "That photo or scan isn't here yet.",
        Code::PrinterRefused => "The printer didn't take it.",
        Code::Stopped => "Stopped; nothing was done.",
        Code::GlyphMissing => "A character has no glyph in any font here.",
        Code::DatabaseDamaged => "The data can't be opened. Touch nothing and call the county.",
        Code::Locked => "The desk is locked.",
        Code::WrongPassword => "The password is wrong.",
        Code::Revoked => "This computer has been revoked.",
        Code::UnknownDevice => "There is no such computer.",
        Code::TooManyGuesses => "Too many wrong passwords; wait before the next.",
        Code::WeakPassword => "That password would soon be guessed.",
        Code::UnknownUser => "Nobody of that name has a password here.",
        Code::InUse => "Another program has the data open.",
        Code::KeyMissing => "The key of this computer isn't where it should be.",
        Code::BadBundle => "The file is none of ours, damaged, or for somebody else.",
        Code::BadBackup => "That is no sound backup.",
        Code::BackupAway => "The stick or folder for backups isn't there.",
        Code::NoRecipient => "Nobody there could open such a file yet.",
        Code::File => "A file can't be read or written.",
        Code::DiskFull => "The disk is full.",
        Code::HubUnreachable => "No way to the county. All is saved here.",
        Code::HubWrong => "What answers there isn't our county's server.",
        Code::WrongCounty => "That is another county's server.",
        Code::HubRefused => "The county's server refuses this computer.",
        Code::NoCalendar => "The calendar of that year isn't here yet.",
        Code::BadCalendar => "The calendar file contradicts itself.",
        Code::AlreadyPublished => "It is published otherwise already.",
        Code::Internal => "The program has failed; what was saved before is there.",
        Code::Unknown => "Something went wrong that this program doesn't know.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::speak;

    #[test]
    fn the_desks_own_sentence_is_never_left_out() {
        let failure = Failure::new(Code::DiskFull, "磁盘满了，这一步没有保存。");
        assert_eq!(says(&failure), failure.message);
        speak(Language::English);
        let both = says(&failure);
        speak(Language::Chinese);
        assert!(both.starts_with("The disk is full.") && both.ends_with(&failure.message));
    }
}
