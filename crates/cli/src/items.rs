//! The catalogue as files: JSON, XLSX and CSV.

use crate::{arguments::ItemsVerb, drafts, print};
use daiban_contract::{Code, Failure, act, ask, view::CheckedItems};
use daiban_desk::Desk;
use daiban_domain::{
    Instant,
    item::{
        Catalogue, catalogue_from_json, catalogue_to_json,
        check::{CheckSettings, TownshipList, check},
        diff,
    },
    unit::units_from_csv,
};
use daiban_sheet::{RowError, Taking};
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Exported {
    items: usize,
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Imported {
    taken: usize,
    errors: Vec<RowError>,
    notes: Vec<String>,
    changes: Vec<String>,
    checked: CheckedItems,
}

#[derive(Serialize)]
struct Differing {
    #[serde(flatten)]
    difference: diff::Difference,
    says: Vec<String>,
}

/// Whether it came out well: a catalogue or a table with errors doesn't.
pub fn run(
    verb: &ItemsVerb,
    open: impl Fn() -> Result<Desk, Failure>,
    now: Instant,
    json: bool,
) -> Result<bool, Failure> {
    let published = || Ok::<_, Failure>(open()?.catalogue()?);
    match verb {
        ItemsVerb::Check { file: None, .. } => {
            let checked = open()?.check_items(ask::CheckItems {}, now)?;
            print::answer(&checked, json);
            Ok(checked.errors == 0)
        }
        ItemsVerb::Check { file: Some(file), units, library, township } => {
            let settings = CheckSettings {
                units: units.as_deref().map(read_units).transpose()?.unwrap_or_default(),
                provincial_library: library
                    .as_deref()
                    .map(|file| {
                        Ok::<_, Failure>(text(file)?.lines().map(|line| line.trim().to_owned()).collect())
                    })
                    .transpose()?,
                township_lists: township.iter().map(|file| township_list(file)).collect::<Result<_, _>>()?,
                ..CheckSettings::default()
            };
            let checked = CheckedItems::from(check(&catalogue(file, &nothing())?, &settings));
            print::answer(&checked, json);
            Ok(checked.errors == 0)
        }
        ItemsVerb::Export { file, output } => {
            let catalogue = match file {
                Some(file) => catalogue(file, &nothing())?,
                None => published()?,
            };
            let items = catalogue.newest().len();
            let files = if is_json(output) {
                write_json(&catalogue, output)?;
                vec![output.clone()]
            } else {
                daiban_sheet::write(&daiban_sheet::export(&catalogue), output).map_err(sheet_failure)?
            };
            print::answer(&Exported { items, files }, json);
            Ok(true)
        }
        ItemsVerb::Import { file, check_only: _, over, good, output } => {
            let desk = if over.is_none() { Some(open()?) } else { None };
            let base = match (over, &desk) {
                (Some(file), _) => catalogue(file, &nothing())?,
                (None, Some(desk)) => desk.catalogue()?,
                (None, None) => nothing(),
            };
            let tables = daiban_sheet::read(file).map_err(sheet_failure)?;
            let taking = if *good { Taking::TheGood } else { Taking::AllOrNothing };
            let daiban_sheet::Imported { catalogue, taken, errors, notes } =
                daiban_sheet::import(&tables, &base, taking);
            if let Some(output) = output.as_ref().filter(|_| !taken.is_empty()) {
                write_json(&catalogue, output)?;
            }
            let imported = Imported {
                taken: taken.len(),
                errors,
                notes,
                changes: diff::catalogues(&base, &catalogue).says(),
                checked: match &desk {
                    Some(desk) => desk.check_draft(&catalogue, now)?,
                    None => check(&catalogue, &CheckSettings::default()).into(),
                },
            };
            print::answer(&imported, json);
            Ok(imported.errors.is_empty() && imported.checked.errors == 0)
        }
        ItemsVerb::Diff { old, new } => {
            let (old, new) = match new {
                Some(new) => (catalogue(old, &nothing())?, new),
                None => (published()?, old),
            };
            let difference = diff::catalogues(&old, &catalogue(new, &old)?);
            let says = difference.says();
            print::answer(&Differing { difference, says }, json);
            Ok(true)
        }
        ItemsVerb::Draft { draft } => drafts::run(draft, &open()?, now, json).map(|()| true),
        ItemsVerb::Publish { file, draft, version, from } => {
            let desk = open()?;
            let (version, from) = (version.clone(), *from);
            let published = match (file, draft) {
                (Some(file), _) => {
                    let draft = catalogue(file, &desk.catalogue()?)?;
                    let draft = catalogue_to_json(&draft).map_err(|_| unreadable(file))?;
                    desk.publish(act::Publish { draft, version, from }, now)?
                }
                (None, draft) => {
                    let draft_no = draft.clone().unwrap_or_default();
                    desk.publish_draft(act::PublishDraft { draft_no, version, from }, now)?
                }
            };
            print::answer(&published, json);
            Ok(true)
        }
    }
}

/// A catalogue from a file; tables are laid over another one and have to be without errors.
pub fn catalogue(file: &Path, over: &Catalogue) -> Result<Catalogue, Failure> {
    if is_json(file) {
        let text = text(file)?;
        return catalogue_from_json(text.trim_start_matches('\u{feff}')).map_err(|_| unreadable(file));
    }
    let tables = daiban_sheet::read(file).map_err(sheet_failure)?;
    let imported = daiban_sheet::import(&tables, over, Taking::AllOrNothing);
    match imported.errors.first() {
        None => Ok(imported.catalogue),
        Some(RowError { sheet, row, column, reason }) => {
            let message = format!(
                "表里有 {} 处错误，先用 items import --check-only 看清改好。第一处：{sheet} 第 {row} 行 {column}：{reason}",
                imported.errors.len()
            );
            Err(Failure::new(Code::BadInput, message))
        }
    }
}

fn nothing() -> Catalogue {
    Catalogue { version: String::new(), items: Vec::new() }
}

fn is_json(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn text(file: &Path) -> Result<String, Failure> {
    let failure = |_| {
        let message = format!("{} 读不出，或不是 UTF-8 文本。请检查路径。", file.display());
        Failure::new(Code::File, message)
    };
    std::fs::read_to_string(file).map_err(failure)
}

fn read_units(file: &Path) -> Result<Vec<daiban_domain::Unit>, Failure> {
    units_from_csv(&text(file)?, &[]).map_err(|error| Failure::new(Code::BadInput, format!("{error}。")))
}

fn township_list(file: &Path) -> Result<TownshipList, Failure> {
    let catalogue = catalogue(file, &nothing())?;
    Ok(TownshipList {
        township: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        basic_codes: catalogue.newest().into_iter().map(|item| item.basic_code.clone()).collect(),
    })
}

fn write_json(catalogue: &Catalogue, file: &Path) -> Result<(), Failure> {
    let text = catalogue_to_json(catalogue).map_err(|_| unreadable(file))?;
    std::fs::write(file, text)
        .map_err(|_| Failure::new(Code::File, "文件写不进。请检查路径、权限和磁盘，再试一次。"))
}

pub fn unreadable(file: &Path) -> Failure {
    let message = format!("{} 不是事项目录，或缺了必填的项。", file.display());
    Failure::new(Code::BadInput, message)
}

fn sheet_failure(error: daiban_sheet::SheetError) -> Failure {
    Failure::new(Code::File, error.to_string())
}
