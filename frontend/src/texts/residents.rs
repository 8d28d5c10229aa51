//! The register of residents.

texts! {
    title = "居民" / "Residents";
    search = "姓名、拼音首字母、证件号码、电话" / "Name, initials, number, telephone";
    search_label = "找居民" / "Find a resident";
    type_two = "输两个字、拼音首字母，或证件号码的前几位。" / "Type two characters, initials, or the beginning of a number.";
    nobody(text: &str) = "居民登记里没有“{text}”。换个写法，或导入花名册；登记办件时也会自动记下。"
        / "The register has no \"{text}\". Try another spelling, or import a roster; recording a request enters them too.";
    choose = "左边点一个人，这里看他的登记、家里人和办件。" / "Choose somebody at the left.";
    latest_only = "这是最近登记的。要找人，输两个字、拼音首字母，或证件号码的前几位。" / "These were registered last. To find somebody, type two characters, initials, or the beginning of a number.";
    first_only(count: usize) = "只列出前 {count} 人，多输几个字。" / "The first {count} only: type more.";
    found(count: usize) = "{count} 人" / "{count} found";
    import = "导入花名册" / "Import a roster";
    record = "登记办件" / "Record a request";
    registered_in(unit: &str) = "登记在{unit}" / "Registered in {unit}";
    name = "姓名" / "Name";
    id_no = "证件号码" / "Number";
    born = "出生" / "Born";
    phone = "电话" / "Telephone";
    address = "住址" / "Address";
    household_no = "户号" / "Household";
    relation = "与户主关系" / "Relation to its head";
    empty = "没有填" / "not filled in";
    edit = "改" / "Edit";
    edit_label(what: &str) = "改{what}" / "Edit: {what}";
    save = "改好" / "Save";
    cancel = "不改" / "Cancel";
    edited(what: &str) = "{what}改好了" / "Saved: {what}";
    type_anew = "没有全显示，要改就整个重新输" / "Not shown whole: type all of it";
    household = "家里人" / "Household";
    household_none = "登记里没有同一户的人。" / "Nobody else of this household is registered.";
    cases = "办件" / "Cases";
    cases_none = "没有办过。" / "None.";
    others = "可能是同一个人" / "Perhaps the same person";
    others_says = "对着证件看一遍，再说是不是。" / "Look at the papers, then say.";
    how_checked = "怎么核实的" / "How it was checked";
    same = "是同一个人" / "The same person";
    two = "不是同一个人" / "Two people";
    linked = "已记为同一个人" / "Noted: one person";
    unlinked = "已记为两个人" / "Noted: two people";
    unlink = "拆开" / "Separate";
    twice = "这个人登记了不止一处" / "Registered more than once";
    said(by: &str, unit: &str) = "{unit}{by}说" / "{by} ({unit}) says";
    one_person = "是同一个人" / "one person";
    two_people = "是两个人" / "two people";

    import_title = "导入花名册" / "Import a roster";
    import_says = "XLSX 或 CSV 表，第一行是栏名：姓名、证件号码、出生日期、电话、住址、户号、与户主关系。姓名和证件号码要有，别的没有也行。"
        / "An XLSX or CSV table with a heading: name and number at least.";
    file = "哪张表" / "Which table";
    unit = "记在哪个单位" / "Whose register";
    read = "导入" / "Import";
    reading = "正在看" / "Reading";
    good_rows = "只导入没有错的行" / "Import the good rows only";
    faults(count: usize) = "要改的 {count} 处" / "{count} to put right";
    notes(count: usize) = "要看一看的 {count} 处" / "{count} to look at";
    row = "行" / "Row";
    column = "栏" / "Column";
    reason = "怎么了" / "What";
    row_no(row: u64) = "第 {row} 行" / "Row {row}";
}
