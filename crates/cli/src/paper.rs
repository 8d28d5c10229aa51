//! What a form is of, and where it goes.

use clap::Args;
use daiban_contract::{
    Code, Failure,
    act::{PaperOf, PrintTo},
};
use daiban_domain::UnitCode;

/// What a form is about that is no case's.
#[derive(Args)]
pub struct About {
    /// A hand-over's number (F06)
    #[arg(long, conflicts_with_all = ["matter", "unit", "item"])]
    pub batch: Option<String>,
    /// The number of an appointment or a visit (F22)
    #[arg(long, conflicts_with_all = ["unit", "item"])]
    matter: Option<String>,
    /// An item of the catalogue (F11)
    #[arg(long, conflicts_with = "unit")]
    item: Option<String>,
    /// Of the item; the one in force today if it isn't named
    #[arg(long, requires = "item")]
    version: Option<u16>,
    /// A unit, with those below it (F12, F18)
    #[arg(long)]
    unit: Option<UnitCode>,
    /// e.g. 2026-11 (F18)
    #[arg(long, requires = "unit")]
    month: Option<String>,
    /// Of each card (F12)
    #[arg(long, requires = "unit", default_value_t = 1)]
    cards: u16,
}

impl About {
    /// `None` for a case's form, or a hand-over's.
    pub fn paper(&self, form: &str) -> Result<Option<PaperOf>, Failure> {
        let Self { matter, item, version, unit, month, cards, .. } = self;
        let month = || month.clone();
        let paper = match (form, matter, item, unit) {
            (_, None, None, None) => return Ok(None),
            ("F22", Some(matter_no), ..) => Some(PaperOf::Visit { matter_no: matter_no.clone() }),
            ("F11", _, Some(item_id), _) => {
                Some(PaperOf::Guide { item_id: item_id.clone(), version: *version })
            }
            ("F12", .., Some(unit)) => Some(PaperOf::Cards { unit: *unit, copies: *cards }),
            ("F18", .., Some(unit)) => month().map(|month| PaperOf::Ledger { unit: *unit, month }),
            _ => None,
        };
        let message =
            "来访事项有 F22；事项有 F11；单位有 F12，单位的一个月（--month 2026-11）有 F18。请核对文书编号。";
        paper.map(Some).ok_or_else(|| Failure::new(Code::UnknownForm, message))
    }
}

/// Have it printed, too.
#[derive(Args)]
pub struct Printer {
    #[arg(long = "printer")]
    name: Option<String>,
    #[arg(long, requires = "name", default_value_t = 1)]
    copies: u16,
    /// Empty: the printer's usual one
    #[arg(long, requires = "name", default_value = "")]
    tray: String,
}

impl Printer {
    pub fn named(&self) -> Option<PrintTo> {
        let Self { name, copies, tray } = self;
        name.as_ref().map(|name| PrintTo { name: name.clone(), copies: *copies, tray: tray.clone() })
    }
}
