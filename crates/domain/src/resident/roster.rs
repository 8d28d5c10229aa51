//! Rosters: a village's ledger as a table, from a file that people made. Every row is right, or its mistake is told by row
//! number and column heading; what a cell says is never repeated.

use super::{Likeness, Resident, likeness};
use crate::check::{self, Fault, Passed};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a row, or odd about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterFault {
    /// As the file counts, the heading being row 1.
    pub row: usize,
    /// The heading as the file words it.
    pub column: String,
    pub reason: String,
}

/// A roster that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// By row number.
    pub good: BTreeMap<usize, Resident>,
    /// In the order of the rows; none of them is among the good ones.
    pub faults: Vec<RosterFault>,
    /// Of good rows: put right or to be looked at.
    pub notes: Vec<RosterFault>,
    pub rows: usize,
}

/// The columns that are read, each with the headings that it goes by; others are left alone.
const COLUMNS: [(Column, &[&str]); 9] = [
    (Column::Name, &["姓名", "居民姓名"]),
    (Column::IdType, &["证件类型", "证件种类"]),
    (Column::IdNo, &["证件号码", "证件号", "身份证号码", "身份证号", "公民身份号码", "身份证"]),
    (Column::Sex, &["性别"]),
    (Column::Birth, &["出生日期", "出生年月日"]),
    (Column::Phone, &["电话", "联系电话", "电话号码", "手机", "手机号", "手机号码"]),
    (Column::Address, &["地址", "住址", "家庭住址", "详细地址"]),
    (Column::Household, &["户号", "户编号"]),
    (Column::Relation, &["与户主关系", "户主关系", "与户主的关系", "关系"]),
];

/// Characters of a heading. Every row repeats it, so one of megabytes would be terabytes.
const HEADING_MAX: usize = 60;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    IdType,
    IdNo,
    Sex,
    Birth,
    Phone,
    Address,
    Household,
    Relation,
}

impl Column {
    fn of(heading: &str) -> Option<Self> {
        let heading: String = heading.chars().filter(|c| !c.is_whitespace()).collect();
        let known = COLUMNS.iter().find(|(_, headings)| headings.contains(&heading.as_str()));
        known.map(|(column, _)| *column)
    }

    fn heading(self) -> &'static str {
        COLUMNS.iter().find(|(column, _)| *column == self).map_or("", |(_, headings)| headings[0])
    }
}

/// Rows of a CSV text as (row number, (heading, cell)); a cell beyond the headings has none.
pub fn rows_of_csv(text: &str) -> impl Iterator<Item = (usize, Vec<(String, String)>)> {
    let text = text.trim_start_matches('\u{feff}').as_bytes();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let headings = reader.headers().cloned().unwrap_or_default();
    let headings: Vec<String> =
        headings.iter().map(|it| it.trim().chars().take(HEADING_MAX).collect()).collect();
    let (mut read, mut row) = (0, 1);
    // Nothing but another encoding makes a record unreadable, and this is text.
    reader.into_records().map_while(Result::ok).map(move |record| {
        // The reader's own lines are those where it began to look for the record: before empty ones.
        let begin = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(read);
        let empty = text[begin..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let ends = |i: usize| text[i] == b'\n' || text[i] == b'\r' && text.get(i + 1) != Some(&b'\n');
        row += (read..begin + empty).filter(|i| ends(*i)).count();
        read = begin + empty;
        let heading = |i| headings.get(i).cloned().unwrap_or_default();
        let cells = record.iter().enumerate().map(|(i, cell)| (heading(i), cell.to_owned())).collect();
        (row, cells)
    })
}

/// Reads rows of (heading, cell), wherever they come from. Empty rows are no rows.
pub fn read(rows: impl Iterator<Item = (usize, Vec<(String, String)>)>, today: Date) -> Roster {
    let mut roster = Roster::default();
    for (row, cells) in rows {
        if cells.iter().all(|(_, cell)| cell.trim().is_empty()) {
            continue;
        }
        if roster.rows == 0
            && let Some(missing) = missing(&cells)
        {
            let reason = "表里没有这一栏。请在第一行写上栏名，至少要有姓名和证件号码。".to_owned();
            roster.faults.push(RosterFault { row: 1, column: missing.heading().to_owned(), reason });
            return roster;
        }
        roster.rows += 1;
        let mut reading = Reading { row, cells: &cells, today, faults: Vec::new(), notes: Vec::new() };
        let resident = reading.resident();
        if reading.faults.is_empty() {
            roster.notes.append(&mut reading.notes);
            roster.good.insert(row, resident);
        } else {
            roster.faults.append(&mut reading.faults);
        }
    }
    tell_twice(&mut roster);
    roster
}

/// A column that must be there and isn't.
fn missing(cells: &[(String, String)]) -> Option<Column> {
    let there = |column| cells.iter().any(|(heading, _)| Column::of(heading) == Some(column));
    [Column::Name, Column::IdNo].into_iter().find(|column| !there(*column))
}

/// A number that stands in several rows: of the same person the first row counts; of two people none does.
fn tell_twice(roster: &mut Roster) {
    let mut of_number: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (row, resident) in roster.good.iter().filter(|(_, resident)| !resident.id_no.is_empty()) {
        of_number.entry((&resident.id_type, &resident.id_no)).or_default().push(*row);
    }
    let mut faults = Vec::new();
    for rows in of_number.into_values().filter(|rows| rows.len() > 1) {
        let first = &roster.good[&rows[0]];
        let same = rows.iter().all(|row| likeness(first, &roster.good[row]) == Likeness::Same);
        for row in rows.iter().skip(usize::from(same)) {
            let other = rows.iter().find(|other| *other != row).unwrap_or(row);
            let reason = if same {
                format!("和第 {other} 行是同一个证件号码。请删去重复的一行。")
            } else {
                format!("和第 {other} 行是同一个证件号码，姓名却不同。请对照证件改正。")
            };
            faults.push(RosterFault { row: *row, column: Column::IdNo.heading().to_owned(), reason });
        }
    }
    let wrong: BTreeSet<usize> = faults.iter().map(|fault| fault.row).collect();
    roster.good.retain(|row, _| !wrong.contains(row));
    roster.notes.retain(|note| !wrong.contains(&note.row));
    roster.faults.append(&mut faults);
    roster.faults.sort_by_key(|fault| fault.row);
}

struct Reading<'r> {
    row: usize,
    cells: &'r [(String, String)],
    today: Date,
    faults: Vec<RosterFault>,
    notes: Vec<RosterFault>,
}

impl Reading<'_> {
    fn resident(&mut self) -> Resident {
        for (i, (heading, cell)) in self.cells.iter().enumerate() {
            if heading.is_empty() && !cell.trim().is_empty() {
                let reason = "这一格上面没有栏名，可能前面多了一个逗号。请对照表头改正。".to_owned();
                self.faults.push(RosterFault { row: self.row, column: format!("第 {} 列", i + 1), reason });
            }
        }
        let name = self.cell(Column::Name);
        let name = self.checked(Column::Name, check::name(name));
        let id_type = self.id_type();
        let id_no = match (self.cell(Column::IdNo), id_type) {
            ("", _) => String::new(),
            (text, check::RESIDENT_CARD) if text.chars().count() == 15 => {
                self.checked(Column::IdNo, check::id_number_of_ledger(text, self.today))
            }
            (text, kind) => self.checked(Column::IdNo, check::id_document(kind, text, self.today)),
        };
        let birth = self.birth();
        let told = check::id_document_birth(id_type, &id_no);
        if told.is_some() && birth.is_some() && told != birth {
            self.wrong(Column::Birth, "和证件号码里的出生日期不一致。请对照证件改正。");
        }
        if self.cell(Column::IdNo).is_empty() && birth.is_none() {
            self.wrong(Column::IdNo, "还没有填。没有证件的人，要有出生日期一栏并填好。");
        }
        let sex = self.sex();
        if id_type == check::RESIDENT_CARD
            && let (Some(male), false) = (check::id_male(&id_no), sex.is_empty())
            && male != (sex == "男")
        {
            self.wrong(Column::Sex, "和证件号码第 17 位不一致，单数是男，双数是女。请对照证件改正。");
        }
        let phone = match self.cell(Column::Phone) {
            "" | "无" | "无电话" | "没有" => String::new(),
            text => self.checked(Column::Phone, check::mobile(text)),
        };
        Resident {
            name,
            id_type: if id_no.is_empty() { String::new() } else { id_type.to_owned() },
            id_no,
            sex,
            birth: birth.map(|birth| birth.to_string()).unwrap_or_default(),
            phone,
            address: self.free(Column::Address, 100),
            household: self.free(Column::Household, 30),
            relation: self.free(Column::Relation, 20),
            former_id_no: String::new(),
        }
    }

    fn cell(&self, column: Column) -> &str {
        let cell = self.cells.iter().find(|(heading, _)| Column::of(heading) == Some(column));
        cell.map_or("", |(_, cell)| cell.trim())
    }

    fn fault(&self, column: Column, reason: impl Into<String>) -> RosterFault {
        let written = self.cells.iter().map(|(heading, _)| heading).find(|it| Column::of(it) == Some(column));
        let column = written.map_or(column.heading(), String::as_str).to_owned();
        RosterFault { row: self.row, column, reason: reason.into() }
    }

    fn wrong(&mut self, column: Column, reason: &str) {
        self.faults.push(self.fault(column, reason));
    }

    fn checked(&mut self, column: Column, checked: Result<Passed, Fault>) -> String {
        match checked {
            Ok(passed) => {
                for note in passed.notes {
                    self.notes.push(self.fault(column, note.message));
                }
                passed.normalised
            }
            Err(fault) => {
                self.wrong(column, &fault.message);
                String::new()
            }
        }
    }

    /// A resident card where nothing else is said.
    fn id_type(&mut self) -> &'static str {
        match self.cell(Column::IdType) {
            "" => check::RESIDENT_CARD,
            name => check::id_kind(name).unwrap_or_else(|| {
                let kinds: Vec<&str> = check::ID_KINDS.iter().map(|(_, zh)| *zh).collect();
                self.wrong(Column::IdType, &format!("不认识这种证件。可以填：{}。", kinds.join("、")));
                check::RESIDENT_CARD
            }),
        }
    }

    fn birth(&mut self) -> Option<Date> {
        let text = self.cell(Column::Birth);
        if text.is_empty() {
            return None;
        }
        let birth = day(text).filter(|birth| check::plausible_birth(*birth, self.today));
        if birth.is_none() {
            self.wrong(Column::Birth, "要写成 1986-03-05 这样，要有这一天，也不能还没到或太早。");
        }
        birth
    }

    fn sex(&mut self) -> String {
        match self.cell(Column::Sex) {
            "" => String::new(),
            "男" | "1" => "男".to_owned(),
            "女" | "2" => "女".to_owned(),
            _ => {
                self.wrong(Column::Sex, "要填男或女。");
                String::new()
            }
        }
    }

    fn free(&mut self, column: Column, longest: usize) -> String {
        let text = self.cell(column).to_owned();
        if text.chars().count() > longest {
            self.wrong(column, &format!("太长，最多 {longest} 个字。"));
        } else if text.chars().any(char::is_control) {
            self.wrong(column, "里面有换行或看不见的字符。请重新填一遍。");
        }
        text
    }
}

/// A day as ledgers write it: 1986-03-05, 1986/3/5, 1986.3.5, 1986年3月5日, 19860305.
fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month, day) = match parts.as_slice() {
        [whole] if whole.len() == 8 => (&whole[..4], &whole[4..6], &whole[6..]),
        [year, month, day] => (*year, *month, *day),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn roster(text: &str) -> Roster {
        read(rows_of_csv(text), date(2026, 11, 24))
    }

    #[test]
    fn a_row_is_read_by_its_headings() {
        let read = roster(
            "\u{feff}户号,姓名,身份证号,联系电话,住址,与户主关系,备注\n\
             0017,阿卜杜热依木•买买提,６２１０９９１９４２０３１５００１４,139 1234 5678,\"上塬村三组,2号\",户主,低保\n\
             \n\
             ,,,,,,\n\
             0017,王一,６21099550808256,无,,妻,\n",
        );
        assert_eq!(read.faults, []);
        assert_eq!(read.rows, 2);
        let first = &read.good[&2];
        let told =
            [&first.name, &first.id_type, &first.id_no, &first.phone, &first.address, &first.household];
        assert_eq!(
            told,
            ["阿卜杜热依木·买买提", "111", "621099194203150014", "13912345678", "上塬村三组,2号", "0017"]
        );
        assert_eq!(read.good[&5].id_no, "621099195508082563");
        let notes: Vec<(usize, &str)> =
            read.notes.iter().map(|note| (note.row, note.column.as_str())).collect();
        assert_eq!(notes, [(2, "姓名"), (5, "身份证号")]);
    }

    #[test]
    fn rows_are_numbered_as_the_file_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["姓名,证件号码", "王一,1", "", "李二,\"2\n2\"", "张三,3", ""].join(end);
            let rows: Vec<usize> = rows_of_csv(&text).map(|(row, _)| row).collect();
            assert_eq!(rows, [2, 4, 6], "{end:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_by_row_and_heading_and_never_repeated() {
        let heading = "姓名,证件类型,证件号码,性别,出生日期,手机,地址,户号,与户主关系";
        let table = [
            ("王1,,621099194203150014,,,,,,", "姓名"),
            (",,621099194203150014,,,,,,", "姓名"),
            ("王一,驾驶证,621099194203150014,,,,,,", "证件类型"),
            ("王一,,621099194203150015,,,,,,", "证件号码"),
            ("王一,护照,E1,,,,,,", "证件号码"),
            ("王一,,,,,,,,", "证件号码"),
            ("王一,,621099194203150014,女,,,,,", "性别"),
            ("王一,,621099194203150014,公,,,,,", "性别"),
            ("王一,,621099194203150014,,1942-03-16,,,,", "出生日期"),
            ("王一,,,,2023-02-29,,,,", "出生日期"),
            ("王一,,621099194203150014,,,1391234567,,,", "手机"),
            ("王一,,621099194203150014,,,,\"上塬\n村\",,", "地址"),
            ("王一,,621099194203150014,,,,,0123456789012345678901234567890,", "户号"),
            ("王一,,621099194203150014,,,,上塬村,三组,户主,0017", "第 10 列"),
        ];
        for (row, column) in table {
            let read = roster(&format!("{heading}\n{row}\n"));
            let faults: Vec<(usize, &str)> =
                read.faults.iter().map(|fault| (fault.row, fault.column.as_str())).collect();
            assert!(faults.contains(&(2, column)), "{row}: {faults:?}");
            assert!(read.good.is_empty());
            for cell in row.split(',').filter(|cell| cell.chars().count() > 3) {
                assert!(read.faults.iter().all(|fault| !fault.reason.contains(cell)), "{row}");
            }
        }
    }

    #[test]
    fn a_number_in_two_rows_counts_once_or_not_at_all() {
        let read = roster(
            "姓名,证件号码\n王一,621099194203150014\n王一,621099194203150014\n李二,621099201602290033\n李三,621099201602290033\n",
        );
        let wrong: Vec<usize> = read.faults.iter().map(|fault| fault.row).collect();
        assert_eq!((read.good.keys().copied().collect::<Vec<_>>(), wrong), (vec![2], vec![3, 4, 5]));
    }

    #[test]
    fn a_table_without_the_headings_is_no_roster() {
        let read = roster("王一,621099194203150014\n李二,621099201602290033\n");
        assert_eq!((read.good.len(), read.faults[0].row, read.faults[0].column.as_str()), (0, 1, "姓名"));
    }

    #[test]
    fn days_are_read_as_ledgers_write_them() {
        for written in ["1986-03-05", "1986/3/5", "1986.3.5", "1986年3月5日", "19860305"] {
            assert_eq!(day(written), Some(date(1986, 3, 5)), "{written}");
        }
        for wrong in ["1986-03", "860305", "去年", "1986-13-05"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    proptest! {
        /// A file may be anything; every row of it is good or told, and none both.
        #[test]
        fn no_file_is_too_odd(body in "([王一2,\"\r\n·\u{0}NB0-9x-]|621099194203150014){0,120}") {
            for text in [body.clone(), format!("姓名,证件号码,电话\n{body}")] {
                let read = roster(&text);
                prop_assert!(read.faults.iter().all(|fault| !read.good.contains_key(&fault.row)));
                prop_assert!(read.notes.iter().all(|note| read.good.contains_key(&note.row)));
                prop_assert!(read.good.len() <= read.rows);
            }
        }
    }
}
