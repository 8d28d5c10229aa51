//! Tables that people made: rosters and catalogues, as CSV and as workbooks.

use crate::{join, split};
use daiban_domain::{
    item::Catalogue,
    resident::{Roster, read, rows_of_csv},
};
use daiban_sheet::Taking;
use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
};

/// A file, by its first byte: CSV, a workbook, or the parts of one, which no mutation of a packed workbook would reach. Read as
/// a roster and as a catalogue over nothing.
pub fn table(bytes: &[u8]) {
    let Some((form, bytes)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (name, bytes) = match form % 3 {
        0 => ("table.csv", bytes.to_vec()),
        1 => ("table.xlsx", bytes.to_vec()),
        _ => ("table.xlsx", workbook(&split(bytes))),
    };
    let file = folder.path().join(name);
    fs::write(&file, bytes).expect("a file");
    roster(&file);
    catalogue(&file);
}

fn roster(file: &Path) {
    let Ok(rows) = daiban_sheet::rows(file, |text| rows_of_csv(text).collect()) else { return };
    let Roster { good, faults, notes, rows } = read(rows.into_iter(), jiff::civil::date(2026, 11, 26));
    assert!(good.len() <= rows && faults.iter().all(|fault| !good.contains_key(&fault.row)));
    assert!(notes.iter().all(|note| good.contains_key(&note.row)));
}

fn catalogue(file: &Path) {
    let Ok(tables) = daiban_sheet::read(file) else { return };
    let nothing = Catalogue { version: "2026.1".to_owned(), items: Vec::new() };
    let imported = daiban_sheet::import(&tables, &nothing, Taking::TheGood);
    assert_eq!(imported.catalogue.items.len(), imported.taken.len());
    let strict = daiban_sheet::import(&tables, &nothing, Taking::AllOrNothing);
    assert!(strict.errors.is_empty() || strict.taken.is_empty());
}

/// Where the parts lie in a workbook.
const PARTS: [&str; 6] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
];

fn workbook(parts: &[&[u8]]) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in PARTS.iter().zip(parts) {
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        file.start_file(*name, stored).expect("in memory");
        file.write_all(part).expect("in memory");
    }
    file.finish().expect("in memory").into_inner()
}

/// What the corpus of [`table`] begins with: a ledger in both encodings, a catalogue, and the ledger's workbook, whole and in
/// parts.
pub fn tables() -> Vec<Vec<u8>> {
    let roster = "\u{feff}户号,姓名,证件号码,性别,出生日期,电话,地址\n\
        0017,王一,621099194203150014,男,1942-03-15,139 1234 5678,\"上塬村三组,2号\"\n\
        ,,,,,,\n0017,王一,621099194203150014,,,无,\n";
    // 姓名,证件号码 and 王一 in GB 18030
    let national =
        b"\xd0\xd5\xc3\xfb,\xd6\xa4\xbc\xfe\xba\xc5\xc2\xeb\n\xcd\xf5\xd2\xbb,621099194203150014\n";
    let catalogue = "事项标识,事项名称,版本\nI900,老年人意外伤害保险,1\n,没有标识的,\n";
    let parts = [
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="事项" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>证件号码</t></is></c></row><row r="2"><c r="A2" t="str"><v>王一</v></c><c r="B2"><f>1+1</f><v>6.21099194203150014E17</v></c><c r="C2" t="b"><v>1</v></c></row></sheetData></worksheet>"#,
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4294967295" uniqueCount="4294967295"><si><t>姓名</t></si></sst>"#,
    ]
    .map(str::as_bytes);
    vec![
        [&[0], roster.as_bytes()].concat(),
        [&[0], &national[..]].concat(),
        [&[0], catalogue.as_bytes()].concat(),
        [&[1], workbook(&parts).as_slice()].concat(),
        [&[2], join(&parts).as_slice()].concat(),
    ]
}
