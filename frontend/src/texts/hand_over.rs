//! Cases handed over together with their paper: what goes, what is on its way, what was counted.

texts! {
    title = "移交" / "Hand-overs";
    where_next = "移交和原件" / "Hand-overs and originals";
    whereabouts = "原件在哪里" / "Where originals are";
    going = "可以带到镇上的" / "To take to the township";
    cases(count: usize) = "{count} 件" / "{count} cases";
    none_going = "没有要带到镇上的。" / "Nothing to take to the township.";
    explained = "打勾的一起带到镇上，一个批次，一张材料交接单。纸质材料要一起带去。" / "Those that are ticked go to the township together: one batch, one slip. Their papers go along.";
    hand_over(count: usize) = "移交 {count} 件" / "Hand over {count}";
    done(count: usize) = "移交 {count} 件，记下了" / "{count} handed over, recorded";
    batches = "批次" / "Batches";
    no_batches = "还没有移交过。" / "Nothing was handed over yet.";
    no_batches_township = "村里还没有移交过来的。" / "The villages have handed nothing over yet.";
    under_way(count: u64) = "路上 {count} 件" / "{count} on the way";
    differing(count: u64) = "{count} 件数得不一样" / "{count} counted otherwise";
    all_there = "都收到了" / "All received";
    chosen = "选中的批次" / "The chosen batch";
    of(unit: &str, by: &str, day: &str) = "{unit} {by}，{day}移交" / "{unit}, {by}, handed over {day}";
    arrived = "到了" / "Arrived";
    arrived_of(name: &str) = "{name}的材料到了" / "{name}: the papers arrived";
    line_received = "收到了" / "Received";
    line_under_way = "在路上" / "On the way";
    line_differs = "数得不一样" / "Counted otherwise";
    line_elsewhere = "另走了一批" / "Went with another batch";
    material = "材料" / "Paper";
    handed = "交的" / "Handed";
    counted = "数的" / "Counted";
    counts(originals: u16, copies: u16) = "原 {originals} 复 {copies}" / "{originals} + {copies}";
    slip = "材料交接单" / "The slip";
    count_says = "对着纸数一遍。没到的去掉勾，份数不对的改过来。" / "Count the papers. Take the tick from what didn't arrive, mend the numbers that differ.";
    receive(count: usize) = "收下 {count} 件" / "Receive {count}";
    received(count: usize) = "收下 {count} 件，记下了" / "{count} received, recorded";
}
