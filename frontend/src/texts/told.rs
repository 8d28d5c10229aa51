//! What was done.

texts! {
    undo = "撤销" / "Undo";
    seen = "知道了" / "All right";
}
