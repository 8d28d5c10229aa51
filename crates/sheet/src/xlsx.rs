//! XLSX: a sheet a table.

use crate::{
    CELLS_MAX, FILE_MAX, SheetError, TEXT_MAX,
    export::choices,
    table::{FIELDS, ITEMS, MATERIALS, Table},
};
use calamine::{Data, Reader, Xlsx, XlsxError};
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, Workbook};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Read, Seek},
    path::Path,
};
use zip::ZipArchive;

pub fn read(file: &Path) -> Result<Vec<Table>, SheetError> {
    let mut workbook = open(file)?;
    let mut tables = Vec::new();
    for name in [ITEMS, MATERIALS, FIELDS] {
        if !workbook.sheet_names().iter().any(|known| known == name) {
            continue;
        }
        tables.push(Table::from_lines(name, lines(&mut workbook, name)?));
    }
    Ok(tables)
}

/// The first sheet.
pub fn first(file: &Path) -> Result<Table, SheetError> {
    let mut workbook = open(file)?;
    let name = workbook.sheet_names().first().cloned().unwrap_or_default();
    let lines = lines(&mut workbook, &name)?;
    Ok(Table::from_lines(&name, lines))
}

/// A few kilobytes may unpack to gigabytes: that is found out before anything of it is kept.
fn open(file: &Path) -> Result<Xlsx<BufReader<File>>, SheetError> {
    let mut file = BufReader::new(File::open(file).map_err(SheetError::File)?);
    let failed = |error| SheetError::Workbook(XlsxError::Zip(error));
    let mut archive = ZipArchive::new(&mut file).map_err(failed)?;
    let mut room = FILE_MAX;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(failed)?;
        let texts = part.name().map_err(failed)?.to_lowercase().ends_with("sharedstrings.xml");
        let (mut part, mut bytes) = (part.take(room + 1), Vec::new());
        let unpacked = match texts {
            true => part.read_to_end(&mut bytes).map(|length| length as u64),
            false => std::io::copy(&mut part, &mut std::io::sink()),
        };
        let left = room.checked_sub(unpacked.map_err(|error| failed(error.into()))?);
        room = left.ok_or(SheetError::TooLarge)?;
        if promises_too_much(&bytes) {
            return Err(SheetError::TooLarge);
        }
    }
    file.rewind().map_err(SheetError::File)?;
    Xlsx::new(file).map_err(SheetError::Workbook)
}

/// Whether the texts of a workbook claim to be more than it could hold: calamine makes room for as many as are claimed, and
/// where there isn't, the program ends. In another encoding than UTF-8 the claim couldn't be found.
fn promises_too_much(texts: &[u8]) -> bool {
    const CLAIM: &[u8] = b"uniqueCount";
    let claims = (0..texts.len()).filter(|at| texts[*at..].starts_with(CLAIM));
    let too_much = |at: usize| {
        let said =
            texts[at + CLAIM.len()..].iter().skip_while(|byte| !matches!(byte, b'0'..=b'9' | b'>' | b'<'));
        let digits = said.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0, |sum: usize, digit| sum.saturating_mul(10).saturating_add(usize::from(digit - b'0')))
            > CELLS_MAX
    };
    texts.contains(&0) || claims.into_iter().any(too_much)
}

/// No catalogue comes near these; a stray cell in the last corner of a sheet would make its whole area one table.
const MOST_ROWS: u32 = 200_000;
const MOST_COLUMNS: u32 = 256;

fn lines(workbook: &mut Xlsx<BufReader<File>>, name: &str) -> Result<BTreeMap<u32, Vec<String>>, SheetError> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(SheetError::Workbook)?;
    let mut lines: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    // Cells of one text share it in the file, and a line is as long as its last cell is far to the right.
    let (mut texts, mut held) = (0, 0);
    while let Some(cell) = cells.next_cell().map_err(SheetError::Workbook)? {
        let (row, column) = cell.get_position();
        let text = text(&cell.get_value().clone().into());
        if text.trim().is_empty() {
            continue;
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(SheetError::Astray { sheet: name.to_owned(), row: row + 1, column: column + 1 });
        }
        let (line, column) = (lines.entry(row + 1).or_default(), column as usize);
        texts += text.len();
        held += (column + 1).saturating_sub(line.len());
        if texts > TEXT_MAX || held > CELLS_MAX {
            return Err(SheetError::TooLarge);
        }
        line.resize(line.len().max(column + 1), String::new());
        line[column] = text;
    }
    Ok(lines)
}

/// A cell as it was typed. A code that WPS took for a number is one again.
fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Data::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// Columns are as wide as their text, within bounds.
const NARROWEST: usize = 8;
const WIDEST: usize = 40;

pub fn bytes(tables: &[Table]) -> Result<Vec<u8>, SheetError> {
    let heading = Format::new().set_bold().set_background_color(Color::RGB(0xdde7f0)).set_text_wrap();
    // Text, lest codes become numbers and dates turn around.
    let cell = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let mut workbook = Workbook::new();
    for table in tables {
        let mut fill = || -> Result<(), rust_xlsxwriter::XlsxError> {
            let sheet = workbook.add_worksheet().set_name(&table.name)?;
            for (column, title) in (0..).zip(&table.heading) {
                let cells = table.rows.iter().map(|row| row.cell(Some(usize::from(column))));
                let widest = cells.chain([title.as_str()]).flat_map(str::lines).map(width).max();
                let width = widest.unwrap_or_default().clamp(NARROWEST, WIDEST);
                sheet.set_column_width(column, width as f64)?.set_column_format(column, &cell)?;
                sheet.write_with_format(0, column, title, &heading)?;
                let choices = choices(&table.name, title);
                if !choices.is_empty() {
                    let list = DataValidation::new()
                        .allow_list_strings(&choices)?
                        .set_error_message("请从下拉框里选。")?;
                    sheet.add_data_validation(1, column, MOST_ROWS, column, &list)?;
                }
            }
            for (line, row) in (1..).zip(&table.rows) {
                for (column, text) in (0..).zip(&row.cells) {
                    sheet.write_with_format(line, column, text, &cell)?;
                }
            }
            sheet.set_freeze_panes(1, 3)?;
            Ok(())
        };
        fill().map_err(SheetError::Writing)?;
    }
    workbook.save_to_buffer().map_err(SheetError::Writing)
}

/// A Han character is as wide as two digits.
fn width(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>() + 1
}
