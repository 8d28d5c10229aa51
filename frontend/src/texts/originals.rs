//! Where the originals of cases are.

texts! {
    label = "原件" / "Originals";
    total(count: u64) = "{count} 件" / "{count} cases";
    which_place = "在哪里" / "Where";
    all = "没退的" / "Not given back";
    village = "在村里" / "In the village";
    to_township = "移交途中" / "On the way";
    township = "在乡镇" / "At the township";
    county = "在县里" / "At the county";
    to_village = "退回村里途中" / "On the way back";
    returned = "已退还本人" / "Given back";
    how_long = "多久了" / "For how long";
    any_time = "不限" / "Any time";
    for_days(days: u16) = "{days} 天以上" / "{days} days and more";
    today = "今天" / "Today";
    days(days: u32) = "{days} 天" / "{days} days";
    since = "多久" / "Since";
    applicant = "申请人" / "Applicant";
    item = "事项" / "Item";
    place = "在哪里" / "Where";
    holder = "谁管着" / "Held by";
    sheets = "原件" / "Originals";
    from = "来自" / "From";
    none = "没有这样的原件。" / "No such originals.";
}
