use super::*;
use daiban_domain::item::{Catalogue, Item, Material, catalogue_from_json, element};
use jiff::civil::date;
use table::{FIELDS, ITEMS, MATERIALS};

fn shipped() -> Catalogue {
    catalogue_from_json(include_str!("../../../data/items.json")).unwrap()
}

fn item<'a>(catalogue: &'a Catalogue, id: &str) -> &'a Item {
    catalogue.newest().into_iter().find(|item| item.item_id == id).unwrap()
}

fn all(catalogue: &Catalogue) -> Vec<(&Item, &str)> {
    catalogue.items.iter().map(|(item, text)| (item, text.as_str())).collect()
}

/// The exported tables, with a cell of the item's first row changed.
fn with(sheet: &str, id: &str, heading: &str, text: &str) -> Vec<Table> {
    let mut tables = export(&shipped());
    set(&mut tables, sheet, id, heading, text);
    tables
}

fn set(tables: &mut [Table], sheet: &str, id: &str, heading: &str, text: &str) {
    let table = tables.iter_mut().find(|table| table.name == sheet).unwrap();
    let (whose, column) = (table.column(element::ITEM_ID), table.column(heading).unwrap());
    table.rows.iter_mut().find(|row| row.cell(whose) == id).unwrap().cells[column] = text.to_owned();
}

/// Text by text, even where a cell has several lines.
#[test]
fn what_is_exported_is_imported_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["目录.xlsx", "目录.csv"] {
        let file = folder.path().join(name);
        write(&export(&shipped()), &file).unwrap();
        let tables = read(&file).unwrap();
        assert!(tables == export(&shipped()), "{name}");
        let imported = import(&tables, &shipped(), Taking::AllOrNothing);
        assert_eq!((imported.errors, imported.notes), (vec![], vec![]), "{name}");
        assert_eq!(imported.taken.len(), 41);
        assert_eq!(all(&imported.catalogue), all(&shipped()), "{name}");
    }
    // Over nothing, the items are the same ones too.
    let nothing = Catalogue { version: "2026.1".into(), items: Vec::new() };
    let imported = import(&export(&shipped()), &nothing, Taking::AllOrNothing);
    assert_eq!(imported.errors, []);
    assert_eq!(imported.catalogue.newest(), shipped().newest());
}

#[test]
fn csv_is_three_files_and_any_of_them_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(&export(&shipped()), &folder.path().join("目录.csv")).unwrap();
    let names: Vec<_> = written.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["目录-事项.csv", "目录-材料.csv", "目录-字段.csv"]);
    let items = std::fs::read_to_string(&written[0]).unwrap();
    assert!(items.starts_with("\u{feff}事项标识,") && items.contains(",\t622014001000,"));
    assert!(std::fs::read_to_string(&written[2]).unwrap().contains(",'= contractArea"));
    assert_eq!(read(&folder.path().join("目录-材料.csv")).unwrap().len(), 3);
    let error = read(&folder.path().join("别的.csv")).unwrap_err();
    assert!(matches!(error, SheetError::File(_)));
    assert!(matches!(read(&folder.path().join("目录.et")), Err(SheetError::Format)));
}

#[test]
fn a_csv_that_wps_saved_in_its_own_encoding_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.csv");
    let text = "事项标识,承诺办结时限\r\nI034,5\r\n";
    std::fs::write(&file, encoding_rs::GB18030.encode(text).0).unwrap();
    let imported = import(&read(&file).unwrap(), &shipped(), Taking::AllOrNothing);
    assert_eq!(item(&imported.catalogue, "I034").promise_limit.days, Some(5));
    std::fs::write(&file, [0xff, 0xff, 0x00]).unwrap();
    assert!(matches!(read(&file), Err(SheetError::Encoding)));
}

#[test]
fn a_file_that_is_no_workbook_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    std::fs::write(&file, "PK\u{3}\u{4} not a workbook").unwrap();
    assert!(matches!(read(&file), Err(SheetError::Workbook(_))));
}

/// A clerk's spreadsheet turns codes into numbers and dates into its own.
#[test]
fn numbers_and_dates_of_a_spreadsheet_are_text_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name(ITEMS).unwrap();
    for (column, heading) in (0..).zip(["事项标识", "基本编码", "生效 日期", "可以容缺受理"])
    {
        sheet.write(2, column, heading).unwrap();
    }
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
    sheet.write(4, 0, "I034").unwrap();
    sheet.write(4, 1, 620116034001_f64).unwrap();
    sheet
        .write_with_format(4, 2, rust_xlsxwriter::ExcelDateTime::from_ymd(2027, 1, 5).unwrap(), &day)
        .unwrap();
    sheet.write(4, 3, true).unwrap();
    workbook.save(&file).unwrap();
    let imported = import(&read(&file).unwrap(), &shipped(), Taking::AllOrNothing);
    assert_eq!(imported.errors, []);
    let item = item(&imported.catalogue, "I034");
    assert_eq!(
        (item.basic_code.as_str(), item.effective_from, item.tolerance_allowed),
        ("620116034001", date(2027, 1, 5), true)
    );
}

/// A cell in the last corner would make a table of seventeen thousand million cells.
#[test]
fn a_stray_cell_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name(ITEMS).unwrap();
    sheet.write(0, 0, "事项标识").unwrap();
    sheet.write(1_048_575, 16_383, "x").unwrap();
    workbook.save(&file).unwrap();
    let astray = read(&file).unwrap_err().to_string();
    assert_eq!(astray, "“事项”表第 1048576 行第 16384 列有一个远离表格的格子。请删去它再试。");
}

#[test]
fn columns_of_code_sets_offer_their_choices() {
    use crate::export::choices;
    assert_eq!(choices(MATERIALS, "必要性"), ["必要", "非必要", "容缺后补"]);
    assert_eq!(choices(FIELDS, "必填"), ["是", "否"]);
    assert_eq!(choices(ITEMS, "村级办理方式"), ["直办", "代办", "协办", "公开告知"]);
    assert!(choices(ITEMS, "服务对象").is_empty() && choices(ITEMS, "事项名称").is_empty());
}

#[test]
fn what_the_tables_do_not_carry_stays() {
    let mut base = shipped();
    let (older, text) = base.items.iter_mut().find(|(item, _)| item.item_id == "I034").unwrap();
    let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
    value["mapUrl"] = "https://example.org".into();
    *text = value.to_string();
    let older = older.clone();
    let table = Table::from_lines(
        ITEMS,
        [(1, vec!["事项名称".into(), "保管期限".into()]), (2, vec![older.name.clone(), "永久".into()])],
    );
    let imported = import(&[table], &base, Taking::AllOrNothing);
    assert_eq!((imported.errors, imported.taken), (vec![], vec!["I034".to_owned()]));
    assert_eq!(imported.notes.len(), 40);
    assert!(imported.notes[0].starts_with("表里没有 I001"));
    let (item, text) = imported.catalogue.items.iter().find(|(item, _)| item.item_id == "I034").unwrap();
    assert_eq!(item, &Item { retention: "永久".into(), ..older });
    assert!(text.contains("mapUrl"));
    assert_eq!(imported.catalogue.items.len(), 41);
}

#[test]
fn a_wrong_cell_is_named_by_sheet_row_and_column() {
    let table = [
        (ITEMS, "I034", "承诺办结时限", "七天", 35),
        (ITEMS, "I001", "办件类型", "", 2),
        (ITEMS, "I001", "生效日期", "即日", 2),
        (ITEMS, "I001", "基本编码", "#REF!", 2),
        (ITEMS, "I002", "事项标识", "I001", 3),
        (MATERIALS, "I001", "原件份数", "一", 2),
        (MATERIALS, "I001", "材料名称", "", 2),
        (MATERIALS, "I001", "材料代码", "ID", 3),
        (MATERIALS, "I001", "事项标识", "I999", 2),
        (FIELDS, "I001", "必填", "要", 2),
    ];
    for (sheet, id, heading, text, row) in table {
        let imported = import(&with(sheet, id, heading, text), &shipped(), Taking::AllOrNothing);
        let error = imported.errors.first().unwrap_or_else(|| panic!("{heading}"));
        let (named, at) = ((error.sheet.as_str(), error.column.as_str()), error.row);
        assert_eq!((named, at), ((sheet, heading), row), "{}", error.reason);
        assert!(error.reason.ends_with('。'));
        // Nothing is taken of a table with an error.
        assert_eq!(all(&imported.catalogue), all(&shipped()));
        assert!(imported.taken.is_empty());
    }
}

#[test]
fn the_good_rows_are_taken_only_if_asked_for() {
    let mut tables = with(ITEMS, "I034", "承诺办结时限", "5");
    set(&mut tables, MATERIALS, "I001", "原件份数", "一");
    set(&mut tables, ITEMS, "I001", "保管期限", "永久");
    let imported = import(&tables, &shipped(), Taking::TheGood);
    assert_eq!((imported.errors.len(), imported.taken.len()), (1, 40));
    assert_eq!(item(&imported.catalogue, "I034").promise_limit.days, Some(5));
    assert_eq!(item(&imported.catalogue, "I001"), item(&shipped(), "I001"));
    assert!(import(&tables, &shipped(), Taking::AllOrNothing).taken.is_empty());
}

#[test]
fn a_new_item_needs_what_is_required_and_gets_a_free_id() {
    let mut tables = export(&shipped());
    let mut row = tables[0].rows[0].clone();
    row.number = 43;
    for (heading, text) in [("事项标识", ""), ("事项名称", "新事项"), ("基本编码", ""), ("实施编码", "")]
    {
        row.cells[tables[0].column(heading).unwrap()] = text.into();
    }
    tables[0].rows.push(row);
    let material = [
        ("事项标识", ""),
        ("事项名称", "新事项"),
        ("材料代码", "APP"),
        ("材料名称", "申请表"),
        ("必要性", "必要"),
    ];
    let mut cells = vec![String::new(); tables[1].heading.len()];
    material.iter().for_each(|(heading, text)| cells[tables[1].column(heading).unwrap()] = (*text).into());
    tables[1].rows.push(table::Row { number: 999, cells });
    let imported = import(&tables, &shipped(), Taking::AllOrNothing);
    assert_eq!(imported.errors, []);
    let new = item(&imported.catalogue, "I042");
    let expected = Material {
        material_code: "APP".into(),
        name: "申请表".into(),
        necessity: "1".into(),
        ..Material::default()
    };
    assert_eq!((new.name.as_str(), new.materials.as_slice()), ("新事项", [expected].as_slice()));

    let lines = [(1, vec!["事项名称".to_owned()]), (2, vec!["新事项".to_owned()])];
    let imported = import(&[Table::from_lines(ITEMS, lines)], &shipped(), Taking::AllOrNothing);
    let missing: Vec<&str> = imported.errors.iter().map(|error| error.column.as_str()).collect();
    assert_eq!(missing, ["事项类型", "办件类型", "村级办理方式", "受理地点", "生效日期"]);
}

#[test]
fn a_new_version_leaves_the_one_before_as_it_is() {
    let mut tables = with(ITEMS, "I034", "版本", "2");
    set(&mut tables, ITEMS, "I034", "生效日期", "2027-01-01");
    let imported = import(&tables, &shipped(), Taking::AllOrNothing);
    let versions: Vec<_> = imported
        .catalogue
        .items
        .iter()
        .filter(|(item, _)| item.item_id == "I034")
        .map(|(item, _)| (item.version, item.effective_from, item.effective_to))
        .collect();
    assert_eq!(versions, [(1, date(2026, 1, 1), None), (2, date(2027, 1, 1), None)]);
}

#[test]
fn columns_that_nobody_knows_are_told_and_doubled_ones_refused() {
    let mut tables = export(&shipped());
    tables[0].heading.push("我的备注".into());
    tables[0].heading.push("主题".into());
    let imported = import(&tables, &shipped(), Taking::TheGood);
    assert_eq!(imported.notes, ["“事项”表的“我的备注”列不认识，没有导入。"]);
    let errors: Vec<_> = imported.errors.iter().map(|error| (error.row, error.column.as_str())).collect();
    assert_eq!((errors, imported.taken.len()), (vec![(1, "主题")], 0));
    let error = &import(&tables[1..], &shipped(), Taking::AllOrNothing).errors[0];
    assert_eq!((error.sheet.as_str(), error.row), (ITEMS, 0));
}

#[test]
fn a_roster_comes_as_a_workbook_or_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let roster = Table::from_lines(
        "村民",
        [
            (1, vec!["姓名".to_owned(), "证件号码".to_owned()]),
            (2, vec!["王一".to_owned(), "621099194203150014".to_owned()]),
            (3, vec!["䶮山".to_owned(), String::new()]),
        ],
    );
    let file = folder.path().join("roster.xlsx");
    write(&[roster], &file).unwrap();
    let pair = |heading: &str, cell: &str| (heading.to_owned(), cell.to_owned());
    let expected = vec![
        (2, vec![pair("姓名", "王一"), pair("证件号码", "621099194203150014")]),
        (3, vec![pair("姓名", "䶮山"), pair("证件号码", "")]),
    ];
    assert_eq!(rows(&file, |_| panic!("no text")).unwrap(), expected);
    let file = folder.path().join("roster.csv");
    std::fs::write(&file, encoding_rs::GB18030.encode("姓名,䶮山").0).unwrap();
    let text = rows(&file, |text| vec![(1, vec![pair(text, "")])]).unwrap();
    assert_eq!(text, [(1, vec![pair("姓名,䶮山", "")])]);
    for bytes in [&b"PK\x03\x04\0\0\xff"[..], b"\xff\xfea\0,\0"] {
        std::fs::write(&file, bytes).unwrap();
        assert!(matches!(rows(&file, |_| Vec::new()), Err(SheetError::Encoding)));
    }
    assert!(matches!(rows(&folder.path().join("roster.doc"), |_| Vec::new()), Err(SheetError::Format)));
}

/// A workbook of one sheet, its parts packed.
fn packed(sheet: &str, texts: &str) -> Vec<u8> {
    workbook(sheet, "", texts)
}

/// The same with one text, and what the list of texts claims of itself.
fn claims(sheet: &str, claim: &str) -> Vec<u8> {
    workbook(sheet, claim, "<si><t>事项标识</t></si>")
}

fn workbook(sheet: &str, claim: &str, texts: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="事项" sheetId="1" r:id="a"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="a" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>"#),
        ),
        ("xl/sharedStrings.xml", format!(r#"<sst xmlns="{main}" {claim}>{texts}</sst>"#)),
    ];
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in parts {
        file.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut file, part.as_bytes()).unwrap();
    }
    file.finish().unwrap().into_inner()
}

#[test]
fn a_small_file_that_would_fill_the_memory_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("目录.xlsx");
    let outcome = |workbook: Vec<u8>| {
        assert!(workbook.len() < 2 << 20, "{} bytes", workbook.len());
        std::fs::write(&file, workbook).unwrap();
        read(&file).map(|tables| tables[0].rows.len())
    };
    let heading = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#;
    let text = |length| format!("<si><t>{}</t></si>", "长".repeat(length));
    let rows = |count: u32, cell: &str| -> String {
        (2..count + 2)
            .map(|row| format!(r#"<row r="{row}"><c r="{cell}{row}" t="s"><v>0</v></c></row>"#))
            .collect()
    };
    assert_eq!(outcome(packed(&format!("{heading}{}", rows(9, "IV")), &text(9))).unwrap(), 9);
    // One text in very many cells; a cell far to the right in very many rows; a part that unpacks to far more than it is.
    for workbook in [
        packed(&format!("{heading}{}", rows(30_000, "A")), &text(1_000)),
        packed(&format!("{heading}{}", rows(10_000, "IV")), &text(9)),
        packed(heading, &text(40_000_000)),
    ] {
        assert!(matches!(outcome(workbook), Err(SheetError::TooLarge)));
    }
    // Texts that aren't there, for which room would be made.
    for claim in [
        "uniqueCount=\"4294967295\"",
        "uniqueCount = '00000000099999999'",
        "uniqueCount=\"18446744073709551616\"",
    ] {
        assert!(matches!(outcome(claims(heading, claim)), Err(SheetError::TooLarge)), "{claim}");
    }
    assert!(outcome(claims(heading, "uniqueCount=\"1\"")).is_ok());
    let csv = folder.path().join("目录.csv");
    std::fs::write(&csv, ",".repeat(3_000_000)).unwrap();
    assert!(matches!(read(&csv), Err(SheetError::TooLarge)));
}

#[test]
fn a_heading_that_every_row_repeats_is_cut_short() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("名册.csv");
    std::fs::write(&file, format!("{},姓名\n1,王一\n", "长".repeat(100_000))).unwrap();
    let rows = rows(&file, |text| daiban_domain::resident::rows_of_csv(text).collect()).unwrap();
    assert_eq!((rows[0].1[0].0.chars().count(), rows[0].1[1].0.as_str()), (60, "姓名"));
}
