//! What holds for a county: its units, its days, its life events.

use clap::Subcommand;
use daiban_domain::{UnitCode, office::OfficeKind};
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
