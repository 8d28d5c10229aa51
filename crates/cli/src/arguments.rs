//! The command line's grammar.

use crate::paper::{About, Printer};
use clap::{Parser, Subcommand, ValueEnum};
use daiban_domain::{
    DeviceId, DocumentId, EventId, Instant, PersonId, Role, UnitCode,
    case::{State, entrustment::Power},
    erasure::Ground,
    item::draft::Fix,
    matter,
    office::OfficeKind,
    revocation,
    staff::StaffType,
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

/// A catalogue is a JSON file of the shape of items.json, an XLSX workbook or CSV files.
#[derive(Subcommand)]
pub enum ItemsVerb {
    /// Check a catalogue, or the published one, by the rules V01 to V24, and whether its forms can be read (FIELDS)
    Check {
        file: Option<PathBuf>,
        /// The county's units (units.csv): their codes, levels and telephones; the desk's own for the published catalogue
        #[arg(long, requires = "file")]
        units: Option<PathBuf>,
        /// Basic codes of the province's library, one a line (V05)
        #[arg(long, requires = "file")]
        library: Option<PathBuf>,
        /// Another township's catalogue, under its file's name (V20); may be repeated
        #[arg(long, requires = "file")]
        township: Vec<PathBuf>,
    },
    /// Write a catalogue, or the published one, as tables to edit in WPS, or as JSON
    Export {
        file: Option<PathBuf>,
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Lay tables over a catalogue, by default the published one: what is wrong with them and what they change
    Import {
        file: PathBuf,
        /// Only tell; without it the draft is written to a JSON file
        #[arg(long, required_unless_present = "output")]
        check_only: bool,
        /// The catalogue that they are laid over
        #[arg(long)]
        over: Option<PathBuf>,
        /// Take the items without errors although others have some
        #[arg(long)]
        good: bool,
        #[arg(short, long, conflicts_with = "check_only")]
        output: Option<PathBuf>,
    },
    /// What differs between two catalogues, or between the published one and another
    Diff { old: PathBuf, new: Option<PathBuf> },
    /// A draft on its way to be published: up to the county and down again, three rounds at the most
    Draft {
        #[command(subcommand)]
        draft: DraftVerb,
    },
    /// Publish what a draft changes, each item as its next version: the county's to do
    Publish {
        #[arg(required_unless_present = "draft", conflicts_with = "draft")]
        file: Option<PathBuf>,
        /// A draft that has been summed up, instead of a file
        #[arg(long)]
        draft: Option<String>,
        /// What the catalogue is called from now on, e.g. 2026.2
        #[arg(long = "as")]
        version: String,
        /// When changed items come into force where the draft doesn't say; tomorrow by default
        #[arg(long)]
        from: Option<Date>,
    },
}

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
pub enum DraftVerb {
    /// Begin one: this unit's proposal
    New {
        title: String,
    },
    /// Send up what a catalogue or tables would change
    Submit {
        draft_no: String,
        file: PathBuf,
    },
    /// Ask for a fix, of an item and its element where it is about one: the county's to do
    Comment {
        draft_no: String,
        /// 规范名称, 完善依据, 合并拆分, 规范流程, 规范责任
        #[arg(long, value_parser = fix)]
        fix: Fix,
        text: String,
        #[arg(long, default_value = "")]
        item: String,
        /// As the tables' headings have it, e.g. 设定依据
        #[arg(long, default_value = "")]
        element: String,
    },
    /// Send it down with the comments
    Return {
        draft_no: String,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Sum up the rounds; before the third with a reason
    Summarise {
        draft_no: String,
        text: String,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Take one's own proposal back
    Withdraw {
        draft_no: String,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Its rounds, what differs between them, and the fixes counted by kind
    Show {
        draft_no: String,
    },
    List,
}

fn fix(text: &str) -> Result<Fix, String> {
    let kinds = || Fix::ALL.into_iter().map(Fix::zh).collect::<Vec<_>>().join("、");
    Fix::named(text).ok_or_else(|| format!("没有“{text}”这一类。请写：{}", kinds()))
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
        ground: revocation::Ground,
        /// Since when it may have been in others' hands, e.g. 2026-03-05T09:00:00+08:00; what the county had by then counts.
        /// All that is held here by default
        #[arg(long)]
        since: Option<Instant>,
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
pub enum StaffVerb {
    /// Everybody at this desk's unit and below
    List,
    /// Change what roles a person has from now on: AGENT, INTAKE …; none for one who has left
    Roles { person: PersonId, roles: Vec<Role> },
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
pub enum DuplicatesVerb {
    /// Void a case; the surviving one takes over the materials that it lacks
    Void {
        case_no: String,
        surviving: String,
        /// Needed where the surviving one wasn't received first
        #[arg(long, default_value = "")]
        reason: String,
        /// Nothing is taken over
        #[arg(long)]
        leave_materials: bool,
    },
}

#[derive(Subcommand)]
pub enum PeopleVerb {
    /// Enter a roster, a CSV file with a heading (姓名, 证件号码 …); nothing of it if a row is wrong
    Import {
        file: PathBuf,
        /// Take the good rows all the same
        #[arg(long)]
        good_rows: bool,
        /// The unit whose register it is; this desk's by default
        #[arg(long)]
        unit: Option<UnitCode>,
    },
    /// Entries by two characters of a name, pinyin initials, an identity or phone number; masked
    Find { text: String },
    /// Correct a field of an entry, e.g. phone 13912345678
    Set { id: DocumentId, field: String, value: String },
    /// Entries that may be about one person, and cases that look like one request; masked
    Duplicates {
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// One person: the entries in all registers held here, the cases of all units, and what was said of them; masked
    Show { id: DocumentId },
    /// Say that two entries are about one person, of one register or across registers
    Link {
        one: DocumentId,
        other: DocumentId,
        /// Needed where the papers say otherwise, and across registers where the number isn't the same
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Say that they aren't after all
    Unlink {
        one: DocumentId,
        other: DocumentId,
        #[arg(long, default_value = "")]
        reason: String,
    },
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
pub enum EventVerb {
    /// A case for each item, of one applicant with one set of materials, from a JSON file or from standard input for -
    Record { bundle_id: String, file: PathBuf },
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
