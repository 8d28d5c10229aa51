//! What the day brings, in groups.

texts! {
    open = "在办的" / "Open";
    from_villages = "村里移交来的" / "Handed over by villages";
    supplement = "等补正的" / "Waiting for correction";
    overdue = "超期的" / "Overdue";
    due_today = "今天到期的" / "Due today";
    due_next = "下个工作日到期的" / "Due on the next working day";
    due_soon = "快到期的" / "Due soon";
    groups = "今天的事" / "Today";
    group_overdue = "已超期" / "Overdue";
    group_today = "今天到期" / "Due today";
    group_next(day: &str) = "{day}到期" / "Due {day}";
    group_under_way = "移交在途" / "On their way";
    group_supplement = "等补正" / "To be corrected";
    group_ratings = "差评待查" / "Bad ratings";
    group_matters = "来访到期" / "Visits due";
    registered_too(count: u64) = "还有 {count} 件在村里没移交" / "{count} more still in the villages";
    matters_title = "来访和差评" / "Visits and bad ratings";
    under_way_title = "路上的原件" / "Originals on their way";
    under_way_says = "到了先点数，再收件。" / "Count them on arrival, then receive.";
    batches(count: usize) = "{count} 批" / "{count}";
    batch_of(cases: u64) = "{cases} 件" / "{cases} cases";
    owner(kind: &str, owner: &str) = "{kind}　{owner}" / "{kind}, {owner}";
}
