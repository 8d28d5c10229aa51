//! The guide: what can be done here, and what each thing needs.

texts! {
    title = "办事指南" / "Guide";
    cards = "服务卡" / "Service cards";
    handbook = "整本手册" / "The whole handbook";
    print = "打印" / "Print";
    record = "登记" / "Record";
    changes = "最近的变化" / "What has changed";
    from(day: &str) = "{day}起" / "from {day}";
    empty = "左边点一件事，这里说要什么、多久、凭什么。" / "Click an item at the left: here stands what it needs, how long it takes, and by which rule.";
    plain_name = "百姓叫" / "People call it";
    kind = "种类" / "Kind";
    kinds(kind: &str, handling: &str) = "{kind}，{handling}" / "{kind}, {handling}";
    how_long = "多久" / "How long";
    who_may = "谁能办" / "Who may";
    result = "办成给" / "Result";
    bring(count: usize) = "要带 {count} 样" / "To bring: {count}";
    counts(originals: u16, copies: u16) = "　原件 {originals}，复印件 {copies}" / " originals {originals}, copies {copies}";
    required = "必须有" / "required";
    basis = "凭什么" / "By which rule";
    instant = "当场办" / "At once";
    promised(days: u16, unit: &str) = "承诺 {days} 个{unit}" / "promised {days} {unit}";
    statutory(days: u16, unit: &str) = "法定 {days} 个{unit}" / "statutory {days} {unit}";
    no_limit = "没有定时限" / "No term is set";
    comma = "，" / ", ";
}
