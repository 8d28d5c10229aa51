//! What the catalogue is asked and told.

use clap::Subcommand;
use daiban_domain::item::draft::Fix;
use jiff::civil::Date;
use std::path::PathBuf;

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
