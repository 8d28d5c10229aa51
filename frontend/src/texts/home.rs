//! What to do now.

texts! {
    print_day = "今天没打的文书" / "Today's unprinted papers";
    at_window = "窗口登记" / "Record at the window";
    twice(count: u64) = "{count} 对重复申请" / "{count} requests made twice";
    alike(count: u64) = "{count} 对居民登记要核对" / "{count} pairs of entries to compare";
    comma = "，" / ", ";
    none_to_hand_over = "没有要带到镇上的" / "Nothing to take to the township";
    to_hand_over(count: u64) = "{count} 件可以带到镇上" / "{count} to take to the township";
    none_to_deliver = "没有要送的结果" / "No result to deliver";
    to_deliver(count: u64) = "{count} 份结果要送到人" / "{count} results to deliver";
    record = "登记" / "Record";
    record_here = "有人来办事，点这里" / "Somebody has come";
    hand_over = "移交" / "Hand over";
    deliver = "送达" / "Deliver";
    todo = "今天要办的" / "To do today";
    cases(count: u64) = "{count} 件" / "{count}";
    open(count: u64) = "在办 {count} 件" / "{count} open";
    nothing_to_do = "今天没有要办的。" / "Nothing to do today. ";
    press_to_record = "有人来，按 F2 登记。" / "When somebody comes, press F2.";
    look = "看一看" / "Look at it";
    sync = "同步" / "Sync";
    saved_here = "本机存了" / "Saved here";
    cases_unit = " 件" / " cases";
    only_township = "只到乡镇" / "At the township only";
    at_county = "县中心已收到" / "The county has";
    nothing_pending = "本机没有未送的。" / "Nothing left to send.";
    all_at_township = "都送到镇上了。镇上的网一通，自动送到县里。" / "All sent to the township, which sends it on to the county as soon as it has a network.";
    pending(count: u64) = "{count} 件还没送出。不会丢，网一通自动送。" / "{count} not sent yet. Nothing is lost: they go as soon as there is a network.";
    to_tell = "印出的日期变了，要告诉本人" / "A printed day has moved: tell the person";
    provisional = "（暂定）" / " (provisional)";
    recent = "刚登记的" / "Recorded last";
    none_recorded = "还没有登记过。" / "Nothing recorded yet.";
}
