//! Who works at which device, and what they did there.

use clap::Subcommand;
use daiban_domain::{DeviceId, DocumentId, Instant, Role, UnitCode, revocation::Ground};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum UserVerb {
    /// The users of this device; also while it is locked
    List,
    /// One more, with a one-time code of the county
    Add {
        name: String,
        #[arg(long)]
        code: String,
    },
    /// Take one off the device; the database gets another key
    Remove { name: String },
    /// Set or change the password of whoever opens the desk
    Password,
    /// A forgotten password: write a file for the county, which answers with `daiban-hub recover`
    Forgot {
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Give a user a new password with the county's answer
    Recover { name: String, answer: PathBuf },
}

#[derive(Subcommand)]
pub enum DeviceVerb {
    /// The devices of this desk's unit and below
    List,
    /// Take a device's word away: it only brings what it holds, and that waits for a review
    Revoke {
        /// As list tells it
        device: DeviceId,
        /// stolen, lost, suspected or replaced
        #[arg(long)]
        ground: Ground,
        /// Since when it may have been in others' hands, e.g. 2026-03-05T09:00:00+08:00; what the county had by then counts.
        /// All that is held here by default
        #[arg(long)]
        since: Option<Instant>,
    },
    /// Ask the county for a one-time code, for a device or one more person of this desk's unit or below
    Code {
        unit: UnitCode,
        /// In which roles they will work, e.g. AGENT; all of such a unit by default
        #[arg(long)]
        role: Vec<Role>,
    },
    /// What revoked devices wrote after the last of their entries that count
    Held,
    /// Whether what is held counts after all; the id is told by held
    Review {
        document: DocumentId,
        #[arg(long, conflicts_with = "refuse", required_unless_present = "refuse")]
        accept: bool,
        #[arg(long)]
        refuse: bool,
    },
    /// Whose data lay on a device (个人信息保护法 第五十七条)
    Breach {
        device: DeviceId,
        /// Write whom to tell, unmasked, to a CSV or XLSX file
        #[arg(short)]
        output: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub enum AuditVerb {
    /// Records of this desk's unit and below, the newest first
    Show {
        /// With those below it
        #[arg(long)]
        unit: Option<UnitCode>,
        #[arg(long)]
        since: Option<Date>,
        #[arg(long = "case")]
        case_no: Option<String>,
        #[arg(long, default_value_t = 200)]
        limit: u32,
    },
    /// All that was done with one case, in its order
    Case { case_no: String },
    /// Whether all of it stands as it was signed for: chains and signatures of all feeds
    Verify,
}
