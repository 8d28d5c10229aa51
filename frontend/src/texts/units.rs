//! Choosing a township or a village.

texts! {
    none_found = "没有这个单位，换个字试试" / "No such unit; try another character";
    ended(kind: &str) = "{kind} 已撤并" / "{kind} merged";
}
