//! CSV: a file a table, beside each other: 目录.csv stands for 目录-事项.csv, 目录-材料.csv and 目录-字段.csv.

use crate::{
    CELLS_MAX, SheetError, TEXT_MAX,
    table::{FIELDS, ITEMS, MATERIALS, Table},
};
use encoding_rs::GB18030;
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

/// WPS takes a file without it for GB 18030.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The tables that are there. Where only the named file itself is there, it is the table of items.
pub fn read(file: &Path) -> Result<Vec<Table>, SheetError> {
    let mut tables = Vec::new();
    for name in [ITEMS, MATERIALS, FIELDS] {
        let beside = beside(file, name);
        if beside.exists() {
            tables.push(read_table(&beside, name)?);
        } else if name == ITEMS {
            tables.push(read_table(file, name)?);
        }
    }
    Ok(tables)
}

/// The text of a file, as UTF-8 or in the encoding that office programs here write.
pub fn text(file: &Path) -> Result<String, SheetError> {
    let mut bytes = Vec::new();
    let file = File::open(file).map_err(SheetError::File)?;
    file.take(TEXT_MAX as u64 + 1).read_to_end(&mut bytes).map_err(SheetError::File)?;
    let ends = bytes.iter().filter(|byte| matches!(byte, b',' | b'\n' | b'\r')).count();
    if bytes.len() > TEXT_MAX || ends > CELLS_MAX {
        return Err(SheetError::TooLarge);
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => Some(text.into()),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(&bytes),
    };
    match text.filter(|_| !bytes.contains(&0)) {
        Some(text) => Ok(text.trim_start_matches(BYTE_ORDER_MARK).to_owned()),
        None => Err(SheetError::Encoding),
    }
}

fn read_table(file: &Path, name: &str) -> Result<Table, SheetError> {
    let text = text(file)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    // A cell may hold several lines: the spreadsheet counts records.
    let lines = reader.records().enumerate().map(|(i, record)| {
        let record = record.map_err(|_| SheetError::Encoding)?;
        Ok((i as u32 + 1, record.iter().map(unguarded).collect()))
    });
    Ok(Table::from_lines(name, lines.collect::<Result<Vec<_>, SheetError>>()?))
}

pub fn files(tables: &[Table], file: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, SheetError> {
    let mut files = Vec::new();
    for table in tables {
        let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
        let lines = std::iter::once(&table.heading).chain(table.rows.iter().map(|row| &row.cells));
        for line in lines {
            writer.write_record(line.iter().map(guarded)).map_err(|error| SheetError::File(error.into()))?;
        }
        let bytes = writer.into_inner().map_err(|error| SheetError::File(error.into_error()))?;
        files.push((beside(file, &table.name), bytes));
    }
    Ok(files)
}

/// A spreadsheet computes what begins like a formula, and rounds long numbers: 622014001000 comes back as 6.22E+11. An
/// apostrophe or a tab before it keeps it text.
fn guarded(cell: &String) -> String {
    if cell.starts_with(FORMULA) {
        format!("'{cell}")
    } else if cell.len() >= LONG_NUMBER && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("\t{cell}")
    } else {
        cell.clone()
    }
}

fn unguarded(cell: &str) -> String {
    let formula = cell.strip_prefix('\'').filter(|formula| formula.starts_with(FORMULA));
    formula.unwrap_or(cell).trim_start_matches('\t').to_owned()
}

const FORMULA: [char; 4] = ['=', '+', '-', '@'];
const LONG_NUMBER: usize = 11;

/// 目录-材料.csv, whether the file was named 目录.csv or 目录-事项.csv.
fn beside(file: &Path, name: &str) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let stem = [ITEMS, MATERIALS, FIELDS]
        .iter()
        .find_map(|name| stem.strip_suffix(&format!("-{name}")))
        .unwrap_or(&stem)
        .to_owned();
    file.with_file_name(format!("{stem}-{name}.csv"))
}
