//! Those who serve, and those who are served.

use clap::Subcommand;
use daiban_domain::{DocumentId, PersonId, Role, UnitCode, staff::StaffType};
use jiff::civil::Date;
use std::path::PathBuf;

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
