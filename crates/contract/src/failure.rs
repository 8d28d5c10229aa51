//! What went wrong, for a person and for the page.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What the page or a script branches on. A code exists only if someone does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The data folder belongs to no enrolled device yet.
    NotEnrolled,
    /// The data folder already belongs to one.
    AlreadyEnrolled,
    /// The enrolment code is wrong, spent or expired.
    BadCode,
    /// The request itself can't be read: malformed JSON, a missing or mistyped field.
    BadInput,
    UnknownItem,
    UnknownLifeEvent,
    UnknownUnit,
    UnknownCase,
    UnknownMatter,
    UnknownResident,
    UnknownEvent,
    UnknownForm,
    UnknownField,
    UnknownRole,
    /// The state table doesn't allow the event here and now.
    NotAllowed,
    /// Nobody at this desk holds a role that may do it.
    NoRole,
    /// A necessity-1 material is missing.
    MaterialMissing,
    /// The case has left with its closed year; its row in the list is all that is held here.
    Archived,
    /// The case was erased by order.
    Erased,
    /// The case is an organ's record and is kept.
    StatutoryRecord,
    /// The case has not earned this form yet.
    FormNotEarned,
    /// A photo or scan that is none, or too large.
    BadAttachment,
    /// The case has no such photo or scan, or its bytes haven't come yet.
    UnknownAttachment,
    /// The printer's queue didn't take it.
    PrinterRefused,
    /// A person has stopped it; nothing was done.
    Stopped,
    /// No face has a glyph for a character; the message names it.
    GlyphMissing,
    /// The database can't be opened: damaged, truncated, not ours.
    DatabaseDamaged,
    /// A password is set and nobody has given theirs.
    Locked,
    /// The password is wrong.
    WrongPassword,
    /// This device has been revoked.
    Revoked,
    UnknownDevice,
    /// Wrong so often that the next guess has to wait.
    TooManyGuesses,
    /// A new password that would soon be guessed.
    WeakPassword,
    /// Nobody of that name has a password here.
    UnknownUser,
    /// Another program has the folder open.
    InUse,
    /// The signing key of this device isn't where it should be.
    KeyMissing,
    /// The file is no bundle, damaged, sealed to others, of another county or from a newer program.
    BadBundle,
    /// A backup that is damaged, of a newer program, or none.
    BadBackup,
    /// The stick or folder for backups isn't there.
    BackupAway,
    /// The unit has no enrolled device that a bundle could be sealed to.
    NoRecipient,
    /// A file can't be read or written.
    File,
    /// The disk is full.
    DiskFull,
    /// Nobody answers at the hub's address.
    HubUnreachable,
    /// Something answers, but it is no hub of ours or speaks another protocol.
    HubWrong,
    /// A hub of another county.
    WrongCounty,
    /// The hub doesn't take this device's word.
    HubRefused,
    /// The calendar lacks what was asked for.
    NoCalendar,
    /// A calendar file that contradicts itself, the week or the law.
    BadCalendar,
    /// The year is published otherwise.
    AlreadyPublished,
    /// A defect of this program.
    Internal,
    /// A code from a newer program.
    #[serde(other)]
    Unknown,
}

/// A failure: a code, and a Chinese sentence that says what happened and what to do. It carries no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub code: Code,
    pub message: String,
}

impl Failure {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
