//! The command line's grammar.

mod county;
mod device;
mod items;
mod people;

pub use county::{CalendarVerb, EventVerb, NoticeVerb, OfficesVerb, UnitsVerb};
pub use device::{AuditVerb, DeviceVerb, UserVerb};
pub use items::{DraftVerb, ItemsVerb};
pub use people::{AgentVerb, DelegationVerb, DuplicatesVerb, PeopleVerb, StaffVerb};

use crate::paper::{About, Printer};
use clap::{Parser, Subcommand, ValueEnum};
use daiban_domain::{
    DocumentId, EventId, Instant, UnitCode,
    case::{State, entrustment::Power},
    erasure::Ground,
    matter,
};
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
    /// Whose password it is, by name, where the device has several users
    #[arg(long, global = true, env = "DAIBAN_USER")]
    pub login: Option<String>,
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Subcommand)]
pub enum Verb {
    /// Enrol this folder's device with a one-time code; ends with a first exchange. Without a line by two files: --ask writes the
    /// application, `daiban-hub admit` answers it, --answer takes the answer
    Enrol {
        #[arg(long, required_unless_present_any = ["ask", "answer"])]
        hub: Option<String>,
        #[arg(long, required_unless_present = "answer")]
        code: Option<String>,
        #[arg(long, required_unless_present = "answer")]
        device: Option<String>,
        #[arg(long, required_unless_present = "answer")]
        user: Option<String>,
        /// Write the application into a file, or a folder, and wait for the answer
        #[arg(long, conflicts_with_all = ["hub", "answer"])]
        ask: Option<PathBuf>,
        /// The county's answer; with the password that the user gets
        #[arg(long, conflicts_with_all = ["hub", "code", "device", "user"])]
        answer: Option<PathBuf>,
    },
    /// Who works at this device, and their passwords. A new password is asked for, or taken from DAIBAN_NEW_PASSWORD
    User {
        #[command(subcommand)]
        user: UserVerb,
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
    /// The resident's mandate to the agent, given or (--revoke) taken back
    Entrust {
        case_no: String,
        /// submit, sign, collect, pay
        #[arg(long = "power", value_parser = power, required_unless_present = "revoke")]
        powers: Vec<Power>,
        #[arg(long)]
        from: Option<Date>,
        #[arg(long)]
        to: Option<Date>,
        /// Instead of a signature; it takes a witness
        #[arg(long)]
        thumbprint: bool,
        #[arg(long, default_value = "")]
        witness: String,
        #[arg(long, conflicts_with = "powers")]
        revoke: bool,
    },
    /// Suggest a correction that is no longer this desk's to make
    Suggest {
        case_no: String,
        path: String,
        value: String,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Adopt a suggestion, or decline it
    Answer {
        case_no: String,
        /// Its id, from `show`
        suggestion: EventId,
        #[arg(long)]
        decline: bool,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// One case, masked as a page is
    Show { case_no: String },
    /// Show a part of a case that is masked, e.g. applicant.idNo, fields.bankAccount; that it was read, and why, is recorded
    Unmask {
        case_no: String,
        path: String,
        /// e.g. 核对证件原件
        #[arg(long)]
        reason: String,
    },
    /// Who read, printed, let out what (电子留痕); all that was done with a case (倒查)
    Audit {
        #[command(subcommand)]
        audit: AuditVerb,
    },
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
    /// Cases that look like one request (重复申请); or void one of them
    #[command(args_conflicts_with_subcommands = true)]
    Duplicates {
        #[command(subcommand)]
        duplicates: Option<DuplicatesVerb>,
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Service items by name, everyday name or pinyin initials; or the catalogue as a whole
    #[command(args_conflicts_with_subcommands = true)]
    Items {
        #[command(subcommand)]
        items: Option<ItemsVerb>,
        #[arg(default_value = "")]
        search: String,
    },
    /// One service item: what it needs
    Item { item_id: String },
    /// 一件事: what an event in a life needs and saves; or record it
    #[command(args_conflicts_with_subcommands = true)]
    Event {
        #[arg(required = true)]
        bundle_id: Option<String>,
        /// The catalogue file to look into where the county has published none
        #[arg(long)]
        catalogue: Option<PathBuf>,
        #[command(subcommand)]
        event: Option<EventVerb>,
    },
    /// Settle a field that two people set differently
    Settle { case_no: String, path: String, value: String },
    /// Make a form, record its printing, write the PDF; of a case or of a hand-over. Of a matter, an item or a unit nothing is
    /// recorded
    #[command(allow_missing_positional = true)]
    Form {
        #[arg(
            required_unless_present_any = ["batch", "matter", "unit", "item"],
            conflicts_with_all = ["batch", "matter", "unit", "item"]
        )]
        case_no: Option<String>,
        form: String,
        #[command(flatten)]
        about: About,
        #[arg(short, long)]
        output: Option<PathBuf>,
        #[command(flatten)]
        printer: Printer,
    },
    /// 便民服务手册: the guides of all items in one PDF
    Handbook {
        #[arg(short, long)]
        output: Option<PathBuf>,
        #[command(flatten)]
        printer: Printer,
    },
    /// Make one form of many cases in one file: those named, those of a hand-over, or those of a day
    Forms {
        form: String,
        case_nos: Vec<String>,
        #[arg(long, conflicts_with = "case_nos")]
        batch: Option<String>,
        #[arg(long, conflicts_with_all = ["case_nos", "batch"])]
        day: Option<Date>,
        #[arg(short, long)]
        output: Option<PathBuf>,
        #[command(flatten)]
        printer: Printer,
    },
    /// The printers of this system, and what is the matter with them
    Printers,
    /// What waits at the printers, what failed and what was printed here today; do something about one by its `id`
    Prints {
        /// Print it once more
        #[arg(long, value_name = "ID", group = "act")]
        again: Option<i64>,
        /// Let go what is on hold
        #[arg(long, value_name = "ID", group = "act")]
        let_go: Option<i64>,
        /// Take it out of the queue
        #[arg(long, value_name = "ID", group = "act")]
        cancel: Option<i64>,
    },
    /// Whether a paper is genuine, by the text of its QR code, and whether its case has moved on since
    CheckForm { text: String },
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
    /// Service spots of villages, departments of the county
    Offices {
        #[command(subcommand)]
        offices: OfficesVerb,
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
    /// Consultations, complaints, hotline tickets, appointments, visits at home
    Matter {
        #[command(subcommand)]
        matter: MatterVerb,
    },
    /// Notices and policies (通知, 政策)
    Notice {
        #[command(subcommand)]
        notice: NoticeVerb,
    },
    /// Exchange by a file on a stick
    Bundle {
        #[command(subcommand)]
        bundle: BundleVerb,
    },
    /// What somebody said of how a case was handled (好差评), from a JSON file or standard input
    Rate {
        case_no: String,
        #[arg(default_value = "-")]
        file: PathBuf,
    },
    /// What the ratings of a period come to
    Ratings {
        /// With those below it; this desk's by default
        #[arg(long)]
        unit: Option<UnitCode>,
        /// The first of the month by default
        #[arg(long)]
        from: Option<Date>,
        /// Today by default
        #[arg(long)]
        to: Option<Date>,
    },
    /// Devices: which there are, revoking one, and what a revoked one wrote afterwards
    Device {
        #[command(subcommand)]
        device: DeviceVerb,
    },
    /// Write a ZIP for the county's technician: versions, counts, the log; it names nobody. Also where the desk is locked or doesn't
    /// open
    Support {
        /// A file or a folder; the data folder's own `support` by default
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Order that a case, a matter, a rating, or a resident's entry in a village's register, be erased everywhere
    Erase {
        #[arg(
            required_unless_present_any = ["resident", "matter", "rating"],
            conflicts_with_all = ["resident", "matter", "rating"]
        )]
        case_no: Option<String>,
        /// The number of a consultation, a complaint, a visit …
        #[arg(long, conflicts_with_all = ["resident", "rating"])]
        matter: Option<String>,
        /// Its id, from `show`
        #[arg(long, conflicts_with = "resident")]
        rating: Option<DocumentId>,
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
    /// Say what day it is, where this machine's clock can't be right
    Day { day: Date },
    /// The county's working days
    Calendar {
        #[command(subcommand)]
        calendar: CalendarVerb,
    },
    /// The register of residents
    People {
        #[command(subcommand)]
        people: PeopleVerb,
    },
    /// Back up this desk to a stick or folder, and put the backup back once to see that it can be
    Backup(Backup),
    /// Put a backup back into an empty data folder; from a stick, or from one device's folder on it
    Restore {
        from: PathBuf,
        /// The newest of a time, e.g. 2026-03-05T09:00:00+08:00; of all by default
        #[arg(long)]
        at: Option<Instant>,
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

#[derive(clap::Args)]
pub struct Backup {
    /// The stick or folder; the one that is set by default
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    /// Remove the oldest beyond so many
    #[arg(long)]
    pub keep: Option<u32>,
    /// Where backups go by themselves, and how the last ones went
    #[arg(long, conflicts_with_all = ["output", "keep", "set", "every"])]
    pub status: bool,
    /// From now on backups go here by themselves; '' for nowhere
    #[arg(long, conflicts_with_all = ["output", "keep"])]
    pub set: Option<String>,
    /// Every so many days; 0: by hand alone
    #[arg(long, conflicts_with_all = ["output", "keep"])]
    pub every: Option<u32>,
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

#[derive(Subcommand)]
pub enum MatterVerb {
    /// Take one down from a JSON file, or from standard input for -
    Record { file: PathBuf },
    /// handOn, extend, answer, check, close or reopen; the payload is a JSON object in a file or on standard input
    Act { matter_no: String, event: String, file: Option<PathBuf> },
    /// One of them, unmasked
    Show { matter_no: String },
    /// Those that are due first before the others, masked
    List {
        /// Not those that are closed
        #[arg(long)]
        open: bool,
        /// CONSULT, COMPLAINT, HOTLINE, APPOINTMENT or HOME_VISIT
        #[arg(long, value_parser = matter_kind)]
        kind: Option<matter::Kind>,
        #[arg(long)]
        unit: Option<UnitCode>,
        /// Due by this day
        #[arg(long)]
        due: Option<Date>,
        #[arg(long, default_value_t = 50)]
        limit: u32,
        #[arg(long, default_value_t = 0)]
        offset: u32,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Kind {
    Id,
    Uscc,
    Mobile,
    Name,
    Bank,
    Postcode,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Uscc => "uscc",
            Self::Mobile => "mobile",
            Self::Name => "name",
            Self::Bank => "bank",
            Self::Postcode => "postcode",
        }
    }
}

fn power(text: &str) -> Result<Power, String> {
    let known = Power::ALL.into_iter().find(|power| power.as_str().eq_ignore_ascii_case(text));
    known.ok_or_else(|| format!("没有 {text} 这项委托：submit、sign、collect、pay"))
}

fn state(text: &str) -> Result<State, String> {
    State::parse(text).ok_or_else(|| format!("没有 {text} 这个状态"))
}

fn matter_kind(text: &str) -> Result<matter::Kind, String> {
    matter::Kind::parse(text).ok_or_else(|| format!("没有 {text} 这一类来访事项"))
}
