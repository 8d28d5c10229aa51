//! The catalogue as tables that a county's clerk edits in WPS: one workbook (XLSX), or three CSV files.
//!
//! 事项 has a row an item, 材料 a row a material, 字段 a row a field; a column an element, found by its heading.

mod csv;
mod export;
mod import;
mod table;
mod xlsx;

pub use export::export;
pub use import::{Imported, RowError, Taking, import};
pub use table::Table;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

/// What keeps a file of tables from being read or written at all.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error("要写明 .xlsx 或 .csv 文件。别的格式请先在 WPS 里另存。")]
    Format,
    #[error("文件读不出或写不进。请检查路径和权限，并在 WPS 里关掉这个文件再试。")]
    File(#[source] std::io::Error),
    #[error("文件打不开，不是完好的 XLSX 工作簿。请在 WPS 里打开，另存为 XLSX 再试。")]
    Workbook(#[source] calamine::XlsxError),
    #[error("“{sheet}”表第 {row} 行第 {column} 列有一个远离表格的格子。请删去它再试。")]
    Astray { sheet: String, row: u32, column: u32 },
    #[error("文件太大，没有读。请只留要导入的表，或者分成几个文件再试。")]
    TooLarge,
    #[error("工作簿写不成。一个格子的文字可能太长。")]
    Writing(#[source] rust_xlsxwriter::XlsxError),
    #[error("文件不是 UTF-8 或 GB 18030 的文本。请在表格程序里另存为 CSV（UTF-8）再试。")]
    Encoding,
}

/// No table that people made comes near these; what is larger would fill a laptop's memory, from a few kilobytes if it is
/// packed. Bytes of a file, unpacked; bytes of all its cells; cells.
const FILE_MAX: u64 = 100 << 20;
const TEXT_MAX: usize = 64 << 20;
const CELLS_MAX: usize = 2_000_000;

/// Reads the tables of a workbook, or of a CSV file and its neighbours.
pub fn read(file: &Path) -> Result<Vec<Table>, SheetError> {
    match Format::of(file)? {
        Format::Xlsx => xlsx::read(file),
        Format::Csv => csv::read(file),
    }
}

/// The rows of any table with a heading: the first sheet of a workbook, or a CSV file that `of_csv` takes apart. Each with
/// its number, as pairs of heading and cell.
pub fn rows(file: &Path, of_csv: impl FnOnce(&str) -> Vec<Pairs>) -> Result<Vec<Pairs>, SheetError> {
    match Format::of(file)? {
        Format::Csv => Ok(of_csv(&csv::text(file)?)),
        Format::Xlsx => {
            let Table { heading, rows, .. } = xlsx::first(file)?;
            let pairs =
                |row: table::Row| (row.number as usize, heading.iter().cloned().zip(row.cells).collect());
            Ok(rows.into_iter().map(pairs).collect())
        }
    }
}

/// A row: its number as the spreadsheet counts, and what stands under which heading.
pub type Pairs = (usize, Vec<(String, String)>);

/// Tables as a workbook, or as CSV files beside each other: each file with its bytes.
pub fn files(tables: &[Table], file: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, SheetError> {
    match Format::of(file)? {
        Format::Xlsx => Ok(vec![(file.to_owned(), xlsx::bytes(tables)?)]),
        Format::Csv => csv::files(tables, file),
    }
}

/// Writes them. Names the files written.
pub fn write(tables: &[Table], file: &Path) -> Result<Vec<PathBuf>, SheetError> {
    let write = |(file, bytes): (PathBuf, Vec<u8>)| {
        std::fs::write(&file, bytes).map_err(SheetError::File)?;
        Ok(file)
    };
    files(tables, file)?.into_iter().map(write).collect()
}

enum Format {
    Xlsx,
    Csv,
}

impl Format {
    fn of(file: &Path) -> Result<Self, SheetError> {
        let extension = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "xlsx" => Ok(Self::Xlsx),
            "csv" => Ok(Self::Csv),
            _ => Err(SheetError::Format),
        }
    }
}
