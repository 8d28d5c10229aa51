//! The command line's grammar.

use clap::{Parser, Subcommand, ValueEnum};
use daiban_domain::{PersonId, UnitCode, case::State, erasure::Ground, staff::StaffType};
use jiff::civil::Date;
use std::{net::SocketAddr, path::PathBuf};

/// 代办通：不开窗口的办事台
#[derive(Parser)]
#[command(name = "daiban", version)]
pub struct Arguments {
    /// One JSON object on stdout; an error as {"error":{"code","message"}} on stderr
    #[arg(long, global = true)]
    pub json: bool,
    /// The data folder
    #[arg(long, global = true, env = "DAIBAN_DATA")]
    pub data: Option<PathBuf>,
    /// The folder of signing keys, outside the data folder
    #[arg(long, global = true, env = "DAIBAN_KEYS")]
    pub keys: Option<PathBuf>,
    /// A file with the password; DAIBAN_PASSWORD does as well
    #[arg(long, global = true)]
    pub password_file: Option<PathBuf>,
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Subcommand)]
pub enum Verb {
    /// Enrol this folder's device with a one-time code; ends with a first exchange
    Enrol {
        #[arg(long)]
        hub: String,
        #[arg(long)]
        code: String,
        #[arg(long)]
        device: String,
        #[arg(long)]
        user: String,
    },
    /// Record a request from a JSON file, or from standard input for -
    Record { file: PathBuf },
    /// An event of the state table; the payload is a JSON object in a file or on standard input
    Act {
        case_no: String,
        event: String,
        file: Option<PathBuf>,
        /// The legal date
        #[arg(long)]
        on: Option<Date>,
    },
    /// Several cases with their paper, from the village to the township
    Batch {
        #[command(subcommand)]
        batch: BatchVerb,
    },
    /// Correct a field, e.g. applicant.phone 13912345678
    Set {
        case_no: String,
        path: String,
        value: String,
        #[arg(long)]
        reason: Option<String>,
    },
    /// One case, unmasked
    Show { case_no: String },
    /// Cases, masked
    List {
        #[arg(long, value_parser = state)]
        state: Option<State>,
        #[arg(long)]
        unit: Option<UnitCode>,
        /// Two characters of a name, pinyin initials, a case, identity or phone number
        #[arg(long)]
        search: Option<String>,
        /// Only cases with two values in a field or an event that doesn't count
        #[arg(long)]
        doubtful: bool,
        #[arg(long, default_value_t = 50)]
        limit: u32,
        #[arg(long, default_value_t = 0)]
        offset: u32,
    },
    /// Service items by name, everyday name or pinyin initials
    Items {
        #[arg(default_value = "")]
        search: String,
    },
    /// One service item: what it needs
    Item { item_id: String },
    /// Settle a field that two people set differently
    Settle { case_no: String, path: String, value: String },
    /// Make a form, record its printing, write the PDF
    Form {
        case_no: String,
        form: String,
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Add a photo (JPEG, PNG) or scan (PDF) to a case
    Attach {
        case_no: String,
        file: PathBuf,
        /// The code of the material that it shows
        #[arg(long)]
        material: Option<String>,
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Take a photo or scan off a case again
    Detach { case_no: String, hash: String },
    /// The photos and scans of a case, or one of them written to a file
    Attachments {
        case_no: String,
        /// The hash, or the beginning of it
        #[arg(long)]
        save: Option<String>,
        #[arg(short, long, requires = "save")]
        output: Option<PathBuf>,
        /// Let their bytes go here, once the county has them in its backup
        #[arg(long, conflicts_with = "save")]
        purge: bool,
    },
    /// What is set at this desk alone; or set it, e.g. metered true
    Settings {
        #[arg(requires = "value")]
        name: Option<String>,
        value: Option<String>,
    },
    /// The county's numbers; or publish one from a day on, e.g. villageDays 5 --since 2027-01-01
    County {
        #[arg(requires = "value")]
        name: Option<String>,
        value: Option<u16>,
        #[arg(long, requires = "value")]
        since: Option<Date>,
    },
    /// The county's units
    Units {
        #[command(subcommand)]
        units: UnitsVerb,
    },
    /// People and their posts
    Staff {
        #[command(subcommand)]
        staff: StaffVerb,
    },
    /// Who stands in for whom
    Delegation {
        #[command(subcommand)]
        delegation: DelegationVerb,
    },
    /// A village's agent
    Agent {
        #[command(subcommand)]
        agent: AgentVerb,
    },
    /// Why a case stands where it stands
    Explain { case_no: String },
    /// One exchange with the hub
    Sync {
        /// Also photos and scans where the line is metered
        #[arg(long)]
        attachments: bool,
        /// Call at this address instead of the one from the enrolment
        #[arg(long)]
        hub: Option<String>,
        /// Call at a township's desk instead, which serves its villages
        #[arg(long, conflicts_with = "hub")]
        relay: Option<String>,
    },
    /// The township's desk between its villages and the county
    Relay {
        #[command(subcommand)]
        relay: RelayVerb,
    },
    /// Exchange by a file on a stick
    Bundle {
        #[command(subcommand)]
        bundle: BundleVerb,
    },
    /// Order that a case, or a resident's entry in a village's register, be erased everywhere
    Erase {
        #[arg(required_unless_present = "resident", conflicts_with = "resident")]
        case_no: Option<String>,
        /// The resident's identity number
        #[arg(long, requires = "unit")]
        resident: Option<String>,
        /// The village whose register it is
        #[arg(long)]
        unit: Option<UnitCode>,
        /// purpose, retention, consent, unlawful or other-law
        #[arg(long)]
        ground: Ground,
    },
    /// Let go of years that the county has closed; every exchange does it too
    Archive,
    /// Check database, chains, signatures, projections
    Verify,
    /// When a term of working days ends
    Due {
        #[arg(long)]
        from: Date,
        #[arg(long)]
        working_days: u16,
    },
    /// Validate a value
    Check { kind: Kind, value: String },
    /// Make the sample county: a hub and enrolled village, township and county desks
    Sample {
        dir: PathBuf,
        /// Where the desks will find the hub
        #[arg(long, default_value = "http://127.0.0.1:7621")]
        hub_url: String,
    },
}

#[derive(Subcommand)]
pub enum BatchVerb {
    /// Hand cases over
    HandOver {
        #[arg(required = true)]
        case_nos: Vec<String>,
    },
    /// What was handed over, and what was counted
    Show { batch: String },
    /// Receive; the file lists the cases that aren't as they were handed over:
    /// [{"caseNo", "missing": true} or {"caseNo", "counted": [{"materialCode","originals","copies"}]}]
    Receive { batch: String, file: Option<PathBuf> },
}

#[derive(Subcommand)]
pub enum UnitsVerb {
    /// At and below this desk, those that are no more included
    List,
    /// Publish what a CSV file says, with the columns of data/units.csv or their Chinese headings
    Import { file: PathBuf },
}

#[derive(Subcommand)]
pub enum StaffVerb {
    /// Everybody at this desk's unit and below
    List,
    /// Keep what is told of a person's post; the rest stays as it is
    Set {
        /// The number that list tells
        person: PersonId,
        /// 在编, 聘用, 公益岗 or 临聘
        #[arg(long = "type")]
        staff_type: Option<StaffType>,
        /// 行政执法证号
        #[arg(long)]
        certificate: Option<String>,
        /// The other of A角 and B角
        #[arg(long)]
        partner: Option<PersonId>,
        #[arg(long)]
        phone: Option<String>,
        /// What a training was about, and its day
        #[arg(long, requires = "trained_on")]
        training: Option<String>,
        #[arg(long, requires = "training")]
        trained_on: Option<Date>,
        /// First and last day at the post
        #[arg(long)]
        from: Option<Date>,
        #[arg(long)]
        to: Option<Date>,
    },
}

#[derive(Subcommand)]
pub enum DelegationVerb {
    /// At this desk's unit, the past included
    List,
    /// Leave a person's roles to another for some days; said again with another last day, it ends then
    Set {
        /// The numbers that staff list tells
        #[arg(long)]
        from: PersonId,
        #[arg(long)]
        to: PersonId,
        /// Only these items
        #[arg(long = "item")]
        items: Vec<String>,
        /// First and last day
        #[arg(long)]
        since: Date,
        #[arg(long)]
        until: Date,
        #[arg(long)]
        reason: String,
    },
}

#[derive(Subcommand)]
pub enum AgentVerb {
    /// Give all open cases of a village to its new agent; answers with the list that both sign
    HandOver {
        /// The number that staff list tells
        #[arg(long)]
        to: PersonId,
        /// The village; this desk's by default
        #[arg(long)]
        unit: Option<UnitCode>,
    },
}

#[derive(Subcommand)]
pub enum RelayVerb {
    /// Serve this desk's villages until interrupted
    Serve {
        #[arg(long, default_value = "0.0.0.0:7622")]
        listen: SocketAddr,
    },
    /// Call at this address whenever the hub can't be reached; without an address nowhere
    Call { url: Option<String> },
}

#[derive(Subcommand)]
pub enum BundleVerb {
    /// Write what a unit lacks into a file that only its devices and those above it can open
    Export {
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// The receiving unit's code; the unit above by default
        #[arg(long = "for")]
        unit: Option<UnitCode>,
        /// Also what the unit is known to hold
        #[arg(long)]
        all: bool,
    },
    /// Take in such a file
    Import { file: PathBuf },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Kind {
    Id,
    Uscc,
    Mobile,
    Name,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Uscc => "uscc",
            Self::Mobile => "mobile",
            Self::Name => "name",
        }
    }
}

fn state(text: &str) -> Result<State, String> {
    State::parse(text).ok_or_else(|| format!("没有 {text} 这个状态"))
}
