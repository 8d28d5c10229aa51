//! What stands in controls of every kind.

texts! {
    yes = "是" / "Yes";
    no = "否" / "No";
    no_option(value: &str) = "{value}（不在选项里）" / "{value} (not among the options)";
    not_chosen = "没有选" / "Nothing chosen";
    not_said = "不填" / "Leave it open";
    yuan = "元" / "yuan";
    mu = "亩" / "mu";
    close = "关上" / "Close";
    choose = "选" / "Choose";
}
