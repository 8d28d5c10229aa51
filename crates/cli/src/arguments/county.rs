//! What holds for a county: its units, its days, its life events, what is published to be read.

use clap::Subcommand;
use daiban_domain::{DocumentId, UnitCode, office::OfficeKind};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum UnitsVerb {
    /// At and below this desk, those that are no more included
    List,
    /// Publish what a CSV file says, with the columns of data/units.csv or their Chinese headings
    Import { file: PathBuf },
}

#[derive(Subcommand)]
pub enum OfficesVerb {
    /// Of this desk's unit, or of another
    List { unit: Option<UnitCode> },
    /// Keep one, by its unit and name
    Set {
        unit: UnitCode,
        /// spot or dept
        kind: OfficeKind,
        name: String,
        /// Of a department
        #[arg(long, default_value = "")]
        uscc: String,
        #[arg(long, default_value = "")]
        address: String,
        #[arg(long, default_value = "")]
        phone: String,
        /// The first day on which it is no more
        #[arg(long)]
        to: Option<Date>,
    },
}

#[derive(Subcommand)]
pub enum CalendarVerb {
    /// Publish years from a file of the shape of data/calendar.json to the whole county
    Import {
        file: PathBuf,
        /// Also years that are published otherwise
        #[arg(long)]
        replace: bool,
    },
    /// Whose paper tells a day that a later calendar has moved
    ToTell,
}

#[derive(Subcommand)]
pub enum EventVerb {
    /// A case for each item, of one applicant with one set of materials, from a JSON file or from standard input for -
    Record { bundle_id: String, file: PathBuf },
}

#[derive(Subcommand)]
pub enum NoticeVerb {
    /// What there is to read, what waits for it first
    List {
        /// A part of a title, an issuer or a text, or a title's pinyin initials
        #[arg(default_value = "")]
        search: String,
        #[arg(long, default_value_t = 0)]
        limit: u32,
    },
    /// One, by the number that list tells, and who has read it
    Show { id: DocumentId },
    /// Publish one to the units below, from a JSON file or from standard input for -
    Publish {
        #[arg(default_value = "-")]
        file: PathBuf,
        /// A PDF or a picture that belongs to it; may be said several times
        #[arg(long)]
        attach: Vec<PathBuf>,
    },
    /// Say for this unit that one has been read
    Confirm { id: DocumentId },
    /// Take one back; it stays to be read, marked as what no longer holds
    TakeBack {
        id: DocumentId,
        #[arg(long)]
        reason: String,
    },
    /// Write what belongs to one into a file, by the beginning of its hash
    Save {
        id: DocumentId,
        hash: String,
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
}
