//! Several cases handed over at once.

texts! {
    together = "一起移交" / "Hand over together";
    done(count: usize) = "移交 {count} 件，记下了" / "{count} handed over, recorded";
    explained = "打勾的一起带到镇上，一个批次，一张材料交接单。纸质材料要一起带去。" / "Those that are ticked go to the township together: one batch, one slip. Their papers go along.";
    hand_over(count: usize) = "移交 {count} 件" / "Hand over {count}";
}
