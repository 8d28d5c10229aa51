//! Tables.

texts! {
    keys = "Shift 加 ← → 改宽窄，Ctrl Shift 加 ← → 挪位置" / "Shift ← → for the width, Ctrl Shift ← → to move";
    keys_sort = "点一下排序；Shift 加 ← → 改宽窄，Ctrl Shift 加 ← → 挪位置" / "Click to sort; Shift ← → for the width, Ctrl Shift ← → to move";
    first_only(count: usize) = "只列前 {count} 件，查找能缩小范围" / "Only the first {count}; a search narrows it";
    running_only = "只列在计时的" / "Only those with a running term";
    loading = "正在读" / "Reading";
}
