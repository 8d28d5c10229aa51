//! The list of cases and the panel beside it.

texts! {
    label = "办件" / "Cases";
    found = "找到的" / "Found";
    total(count: u64) = "{count} 件" / "{count} cases";
    last_ledger = "上月台账" / "Last month's ledger";
    ledger = "本月台账" / "This month's ledger";
    hand_over_all = "一起移交" / "Hand over together";
    states = "状态" / "State";
    all_states(count: u64) = "全部 {count}" / "All {count}";
    which = "哪些办件" / "Which cases";
    all = "全部" / "All";
    to_hand_over = "可以移交" / "To hand over";
    to_deliver = "要送达" / "To deliver";
    doubtful = "两处不一样" / "Two versions";
    which_unit = "哪个单位" / "Which unit";
    all_units = "乡镇、村：全部" / "Townships, villages: all";
    all_villages = "村（社区）：全部" / "Villages: all";
    none = "这里没有办件。" / "No case here.";
    none_found(text: &str) = "没有找到“{text}”" / "Nothing found for “{text}”";
    try_other = "换拼音首字母、身份证号或电话试试。" / "Try initials, an identity number or a phone number.";
    due = "时限" / "Term";
    applicant = "申请人" / "Applicant";
    item = "事项" / "Item";
    registered = "登记" / "Recorded";
    reach = "到了哪里" / "Where it is";
    from = "来自" / "From";
    state = "状态" / "State";
    marks = "标记" / "Marks";
    chosen = "选中的办件" / "The chosen case";
    full_page = "全页" / "Full page";
    story = "经过" / "History";
}
