//! The county's units as a table: CSV, a line a unit, with the headings of `data/units.csv` or their Chinese names.

use super::{Level, Unit, UnitCode};
use jiff::civil::Date;
use std::{collections::BTreeMap, fmt};

/// The columns, by the name in a unit's published text and by the heading that people write. All but the first three may
/// be absent; what an absent column says of a unit that is known stays as it is.
const COLUMNS: [(&str, &str); 13] = [
    ("division12", CODE),
    ("fullName", FULL_NAME),
    ("shortName", "单位简称"),
    ("parent", PARENT),
    ("level", LEVEL),
    ("uscc", "统一社会信用代码"),
    ("address", "地址"),
    ("phone", "电话"),
    ("complaintPhone", "监督电话"),
    ("validFrom", VALID_FROM),
    ("validTo", VALID_TO),
    ("successorCode", SUCCESSOR),
    ("secondName", "第二文字名称"),
];

const CODE: &str = "区划代码";
const FULL_NAME: &str = "单位全称";
const PARENT: &str = "上级代码";
const LEVEL: &str = "级别";
const VALID_FROM: &str = "生效日期";
const VALID_TO: &str = "撤销日期";
const SUCCESSOR: &str = "并入代码";

/// A line that can't be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// From 1, the heading included.
    pub line: u64,
    /// The column's heading; `None` where the whole line is meant.
    pub column: Option<&'static str>,
    pub reason: String,
}

/// All lines of a table that can't be taken; nothing of it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct BadTable(pub Vec<BadRow>);

/// More lines are counted, not told.
const TOLD: usize = 20;

impl fmt::Display for BadTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("单位表有错")?;
        for (i, BadRow { line, column, reason }) in self.0.iter().take(TOLD).enumerate() {
            f.write_str(if i == 0 { "：" } else { "；" })?;
            match column {
                Some(column) => write!(f, "第 {line} 行“{column}”{reason}")?,
                None => write!(f, "第 {line} 行{reason}")?,
            }
        }
        match self.0.len().saturating_sub(TOLD) {
            0 => Ok(()),
            more => write!(f, "；还有 {more} 处"),
        }
    }
}

/// Reads a table of units, where some are known already. A unit's parent is known or stands before it; a code isn't given
/// to another unit before the first has ended (DOMAIN §2.2).
pub fn units_from_csv(text: &str, known: &[Unit]) -> Result<Vec<Unit>, BadTable> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heading = reader.headers().map(Vec::from_iter).unwrap_or_default();
    let places = places(&heading)?;
    let mut table = Table { known, taken: BTreeMap::new(), bad: Vec::new() };
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                table.take(line, &|column| places.get(column).and_then(|place| record.get(*place)));
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                table.bad(line, None, "列数和表头不一致");
            }
        }
    }
    if table.taken.is_empty() && table.bad.is_empty() {
        table.bad(1, None, "没有单位");
    }
    table.judge_successors();
    if table.bad.is_empty() {
        let mut units: Vec<(u64, Unit)> = table.taken.into_values().collect();
        units.sort_by_key(|(line, _)| *line);
        Ok(units.into_iter().map(|(_, unit)| unit).collect())
    } else {
        table.bad.sort_by_key(|bad| bad.line);
        Err(BadTable(table.bad))
    }
}

/// Where each column lies. A heading that nobody knows might be a date of abolition with a slip in it.
fn places(heading: &[&str]) -> Result<BTreeMap<&'static str, usize>, BadTable> {
    let whole = |reason: String| BadTable(vec![BadRow { line: 1, column: None, reason }]);
    let mut places = BTreeMap::new();
    for (place, name) in heading.iter().map(|name| name.trim()).enumerate() {
        let column = COLUMNS.iter().find(|(key, zh)| *key == name || *zh == name);
        let Some((_, zh)) = column else { return Err(whole(format!("有不认识的列“{name}”"))) };
        if places.insert(*zh, place).is_some() {
            return Err(whole(format!("“{zh}”一列有两次")));
        }
    }
    match COLUMNS[..3].iter().find(|(_, zh)| !places.contains_key(zh)) {
        Some((_, zh)) => Err(whole(format!("缺“{zh}”一列"))),
        None => Ok(places),
    }
}

struct Table<'k> {
    known: &'k [Unit],
    /// With their lines.
    taken: BTreeMap<UnitCode, (u64, Unit)>,
    bad: Vec<BadRow>,
}

impl Table<'_> {
    fn bad(&mut self, line: u64, column: Option<&'static str>, reason: impl Into<String>) {
        self.bad.push(BadRow { line, column, reason: reason.into() });
    }

    fn known(&self, code: UnitCode) -> Option<&Unit> {
        let before = self.taken.get(&code).map(|(_, unit)| unit);
        before.or_else(|| self.known.iter().find(|unit| unit.code == code))
    }

    fn take<'r>(&mut self, line: u64, cell: &dyn Fn(&str) -> Option<&'r str>) {
        let text = |column: &str| cell(column).map(str::trim);
        let Ok(code) = text(CODE).unwrap_or_default().parse::<UnitCode>() else {
            return self.bad(line, Some(CODE), "要 12 位数字");
        };
        let name = text(FULL_NAME).unwrap_or_default();
        if name.is_empty() {
            self.bad(line, Some(FULL_NAME), "没有填");
        }
        let first = self.known.iter().find(|unit| unit.code == code);
        let same = first.filter(|first| first.full_name == name);
        let mut unit = same.cloned().unwrap_or_else(|| Unit::new(code, name));
        let texts = [
            ("单位简称", &mut unit.short_name),
            ("统一社会信用代码", &mut unit.uscc),
            ("地址", &mut unit.address),
            ("电话", &mut unit.phone),
            ("监督电话", &mut unit.complaint_phone),
            ("第二文字名称", &mut unit.second_name),
        ];
        for (column, value) in texts {
            if let Some(text) = text(column) {
                text.clone_into(value);
            }
        }
        if unit.short_name.is_empty() {
            name.clone_into(&mut unit.short_name);
        }
        for (column, value) in [(VALID_FROM, &mut unit.valid_from), (VALID_TO, &mut unit.valid_to)] {
            match text(column).map(day) {
                Some(Ok(date)) => *value = date,
                Some(Err(reason)) => self.bad(line, Some(column), reason),
                None => {}
            }
        }
        match text(SUCCESSOR) {
            Some("") => unit.successor_code = None,
            Some(text) => match text.parse() {
                Ok(successor) => unit.successor_code = Some(successor),
                Err(_) => self.bad(line, Some(SUCCESSOR), "要 12 位数字"),
            },
            None => {}
        }
        self.judge_place(line, code, text(LEVEL), text(PARENT));
        self.judge_name(line, &unit, first);
        if let (Some(from), Some(to)) = (unit.valid_from, unit.valid_to)
            && to <= from
        {
            self.bad(line, Some(VALID_TO), "不在生效日期之后");
        }
        if let Some((other, _)) = self.taken.get(&code) {
            let reason = format!("{code} 和第 {other} 行重复");
            return self.bad(line, Some(CODE), reason);
        }
        self.taken.insert(code, (line, unit));
    }

    /// The code says level and parent; the columns, where they say something, say the same.
    fn judge_place(&mut self, line: u64, code: UnitCode, level: Option<&str>, parent: Option<&str>) {
        let named = match code.level() {
            Level::County => ["COUNTY", "县级"],
            Level::Township => ["TOWNSHIP", "乡级"],
            Level::Village => ["VILLAGE", "村级"],
        };
        if level.is_some_and(|level| !level.is_empty() && !named.contains(&level)) {
            self.bad(line, Some(LEVEL), format!("和代码不一致，按代码是{}", named[1]));
        }
        let above = code.parent().map(|parent| parent.to_string()).unwrap_or_default();
        if parent.is_some_and(|parent| !parent.is_empty() && parent != above) {
            self.bad(line, Some(PARENT), "和代码不一致");
        }
        match code.parent() {
            Some(parent) if self.known(parent).is_none() => {
                self.bad(line, Some(CODE), format!("的上级 {parent} 没有登记，也不在前面的行里"));
            }
            None if !self.known.is_empty() && self.known(code).is_none() => {
                self.bad(line, Some(CODE), "不是本县的");
            }
            _ => {}
        }
    }

    /// A code goes to another unit only after the first has ended.
    fn judge_name(&mut self, line: u64, unit: &Unit, first: Option<&Unit>) {
        let Some(first) = first.filter(|first| first.full_name != unit.full_name) else { return };
        let after = first.valid_to.zip(unit.valid_from).is_some_and(|(end, begin)| end <= begin);
        if !after {
            let reason = format!(
                "{} 是“{}”在用，没有在这一行生效以前撤销，不能给别的单位",
                unit.code, first.full_name
            );
            self.bad(line, Some(CODE), reason);
        }
    }

    /// Who goes on in a unit's place is there, of the same level, and doesn't go back to it.
    fn judge_successors(&mut self) {
        let mut bad = Vec::new();
        for (line, unit) in self.taken.values() {
            let Some(successor) = unit.successor_code else { continue };
            let mut wrong = |reason: &str| {
                bad.push(BadRow { line: *line, column: Some(SUCCESSOR), reason: reason.to_owned() });
            };
            if unit.valid_to.is_none() {
                wrong("填了，要同时填撤销日期");
            }
            match self.known(successor) {
                None => wrong("的单位没有登记，也不在表里"),
                Some(other) if other.level != unit.level => wrong("的单位级别不一样"),
                Some(_) if self.line_of_succession(successor).any(|later| later == unit.code) => {
                    wrong("绕回了自己");
                }
                Some(_) => {}
            }
        }
        self.bad.extend(bad);
    }

    /// A unit and those that went on in its place, no more than there are.
    fn line_of_succession(&self, code: UnitCode) -> impl Iterator<Item = UnitCode> {
        let next = |code: &UnitCode| self.known(*code).and_then(|unit| unit.successor_code);
        std::iter::successors(Some(code), next).take(self.taken.len() + self.known.len())
    }
}

fn day(text: &str) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| "要写成 2026-07-01 这样".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SAMPLE: &str = include_str!("../../../../data/units.csv");

    fn bad(text: &str, known: &[Unit]) -> Vec<(u64, Option<&'static str>)> {
        let BadTable(rows) = units_from_csv(text, known).unwrap_err();
        rows.iter().map(|row| (row.line, row.column)).collect()
    }

    #[test]
    fn a_table_is_taken_whole_or_its_lines_are_named() {
        assert_eq!(units_from_csv(SAMPLE, &[]).unwrap().len(), 7);
        let broken = SAMPLE.replace("621099100200,", "621099100200X,");
        assert_eq!(bad(&broken, &[]), [(5, Some(CODE))]);
        let orphan: String =
            SAMPLE.lines().filter(|l| !l.starts_with("621099200000,")).map(|l| format!("{l}\n")).collect();
        assert_eq!(bad(&orphan, &[]), [(7, Some(CODE))]);
        assert_eq!(bad("区划代码,单位全称,单位简称,撒销日期\n", &[]), [(1, None)]);
        assert_eq!(bad("区划代码,单位全称\n", &[]), [(1, None)]);
        assert_eq!(bad("区划代码,单位全称,单位简称\n", &[]), [(1, None)]);
    }

    #[test]
    fn every_wrong_line_is_told_with_its_column() {
        let known = units_from_csv(SAMPLE, &[]).unwrap();
        let table = "区划代码,单位全称,单位简称,级别,上级代码,生效日期,撤销日期,并入代码
621099100202,东湾村便民服务站,东湾村,乡级,621099200000,,,
621099300201,南坪村便民服务站,南坪村,村级,,,,
621099100201,别的村便民服务站,别的村,村级,,2026-07-01,,
621099100200,上塬村便民服务站（演示）,上塬村,村级,,,2026年7月1日,621099100201
621099200200,石河村便民服务站（演示）,石河村,村级,,2026-07-01,2026-07-01,621099200000
621099200200,石河村便民服务站（演示）,石河村,,,,2026-08-01,621099200999
621098000000,邻县,邻县,,,,,
少一列,x
";
        let told = bad(table, &known);
        for expected in [
            (2, Some(LEVEL)),
            (2, Some(PARENT)),
            (3, Some(CODE)),
            (4, Some(CODE)),
            (5, Some(VALID_TO)),
            (5, Some(SUCCESSOR)),
            (6, Some(VALID_TO)),
            (6, Some(SUCCESSOR)),
            (7, Some(CODE)),
            (8, Some(CODE)),
            (9, None),
        ] {
            assert!(told.contains(&expected), "{expected:?} of {told:?}");
        }
        let words = units_from_csv(table, &known).unwrap_err().to_string();
        assert!(words.contains("第 5 行“撤销日期”要写成 2026-07-01 这样"), "{words}");
    }

    #[test]
    fn a_merger_names_an_end_and_a_unit_that_goes_on() {
        let known = units_from_csv(SAMPLE, &[]).unwrap();
        let heading = "区划代码,单位全称,单位简称,撤销日期,并入代码\n";
        let merger = "621099100201,柳湾村便民服务站（演示）,柳湾村,2026-07-01,621099100200\n";
        let units = units_from_csv(&[heading, merger].concat(), &known).unwrap();
        let [unit] = units.as_slice() else { panic!() };
        assert_eq!(unit.valid_to, Some(date(2026, 7, 1)));
        assert_eq!(unit.successor_code, Some("621099100200".parse().unwrap()));
        assert_eq!(unit.phone, "0900-6210121", "of a column that isn't there nothing is said");
        let back = "621099100200,上塬村便民服务站（演示）,上塬村,2026-07-01,621099100201\n";
        assert_eq!(
            bad(&[heading, merger, back].concat(), &known),
            [(2, Some(SUCCESSOR)), (3, Some(SUCCESSOR))]
        );

        // The code may go to another once the first has ended, and not a day before.
        let mut later = known;
        later.retain(|known| known.code != unit.code);
        later.extend(units);
        let reuse = |from: &str| {
            format!("区划代码,单位全称,单位简称,生效日期\n621099100201,新柳社区便民服务站,新柳社区,{from}\n")
        };
        assert_eq!(bad(&reuse("2026-06-30"), &later), [(2, Some(CODE))]);
        let taken = units_from_csv(&reuse("2026-07-01"), &later).unwrap();
        assert_eq!((taken[0].valid_to, taken[0].phone.as_str()), (None, ""));
    }
}
