//! The county's catalogue: what the rules find, drafts and their rounds, publishing.

texts! {
    title = "事项目录" / "Catalogue";
    version(version: &str) = "现在是 {version}" / "In force: {version}";
    print_changes = "打印变化说明" / "Print what has changed";
    findings = "检查结果" / "Findings";
    drafts = "草案" / "Drafts";
    errors(count: usize) = "错误 {count}" / "Errors {count}";
    warnings(count: usize) = "提醒 {count}" / "Warnings {count}";
    all(count: usize) = "全部 {count}" / "All {count}";
    rule = "规则" / "Rule";
    item = "事项" / "Item";
    place = "哪里" / "Where";
    what = "怎么了、怎么办" / "What to do";
    whole = "整个目录" / "The whole catalogue";
    clean = "没有发现问题。" / "Nothing was found.";
    error = "错误" / "Error";
    warning = "提醒" / "Warning";
    which = "看什么" / "What to see";
    no_drafts = "没有草案。乡镇、部门报上来的会列在这里。" / "There is no draft. What units send up is listed here.";
    choose = "左边点一份草案。" / "Choose a draft.";
    round(round: usize) = "第 {round} 稿" / "Round {round}";
    submitted(by: &str, on: &str) = "{by}，{on}报" / "{by}, sent up {on}";
    returned(on: &str) = "{on}退回" / "returned {on}";
    changes(count: usize) = "改了 {count} 处" / "{count} changes";
    comments(count: usize) = "意见 {count} 条" / "{count} comments";
    comment_on(item: &str, element: &str) = "{item} {element}" / "{item} {element}";
    summary = "小结" / "Summary";
    sum_up = "写小结" / "Sum up";
    send_back = "退回" / "Return";
    comment = "提意见" / "Comment";
    comment_hint = "意见，或小结" / "Comment, or summary";
    reason = "退回、提前小结的理由" / "Why it is returned, or summed up early";
    comment_item = "对哪个事项（空着是整份）" / "On which item (empty: the whole)";
    fix = "哪一类" / "Kind";
    publish = "发布" / "Publish";
    publish_as = "目录版本，如 2026.2" / "Version, e.g. 2026.2";
    publish_says = "发布以后收不回，只能再发新版。别的单位下次同步收到，第二天起用。" / "What is published can't be taken back, only followed by another version. It is in force from the next day.";
    published(says: &str) = "{says}" / "{says}";
    done(name: &str) = "{name}，记下了" / "{name}: noted";
    days_of(unit: &str, on: &str) = "{unit}　{on}" / "{unit}, {on}";
    by_round(name: &str, total: usize) = "{name} {total}" / "{name} {total}";
    history = "经过" / "History";
    act_of(name: &str, by: &str) = "{name}　{by}" / "{name}, {by}";
}
