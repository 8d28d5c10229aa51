//! A table: a heading and rows under it.

pub const ITEMS: &str = "事项";
pub const MATERIALS: &str = "材料";
pub const FIELDS: &str = "字段";

/// Characters of a heading.
const HEADING_MAX: usize = 60;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// 事项, 材料 or 字段.
    pub name: String,
    pub heading: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As the spreadsheet counts: from 1, the heading included.
    pub number: u32,
    pub cells: Vec<String>,
}

impl Table {
    /// From what a file holds: the first line is the heading, lines without anything are left out, and empty cells at the
    /// end of a line may be missing.
    pub fn from_lines(name: &str, lines: impl IntoIterator<Item = (u32, Vec<String>)>) -> Self {
        let mut lines =
            lines.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
        let heading = lines.next().map(|(_, cells)| cells).unwrap_or_default();
        Self {
            name: name.to_owned(),
            heading: heading.iter().map(|heading| shortened(heading)).collect(),
            rows: lines
                .map(|(number, mut cells)| {
                    cells.resize(cells.len().max(heading.len()), String::new());
                    Row { number, cells }
                })
                .collect(),
        }
    }

    pub fn column(&self, heading: &str) -> Option<usize> {
        self.heading.iter().position(|known| known == heading)
    }
}

/// Spaces don't tell headings apart. Rows repeat them: one of megabytes would be terabytes.
fn shortened(heading: &str) -> String {
    heading.split_whitespace().flat_map(str::chars).take(HEADING_MAX).collect()
}

impl Row {
    /// "" where the row is shorter than the heading.
    pub fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).map_or("", |cell| cell.trim())
    }
}
