//! Parts of the list, by what is to be done with them.

texts! {
    all = "全部办件" / "All cases";
    hand_over = "可以移交的" / "To hand over";
    deliver = "要送达的" / "To deliver";
    intake = "受理" / "Accept";
    review = "审核" / "Review";
    decision = "审批" / "Decide";
    issue = "出件" / "Issue";
    doubtful = "两处不一样" / "Two versions";
}
