//! Rating: the page that is turned to the resident, and a slip that is typed in later.

texts! {
    question = "这次办事，您满意吗？" / "Were you served well?";
    about(item: &str) = "办的是：{item}" / "About: {item}";
    chosen(grade: &str) = "您选的是：{grade}" / "You chose: {grade}";
    choose_again = "重选" / "Choose again";
    why = "哪里不满意？可以选几样" / "What was wrong? Choose all that apply";
    own_words = "您想说的话（不写也行）" / "In your own words (optional)";
    name = "您的姓名（不写也行）" / "Your name (optional)";
    phone = "您的电话，要答复才写" / "Your telephone, if you want an answer";
    apart = "也可以分开评，不评也行" / "Apart, if you like";
    hand_in = "交上去" / "Hand in";
    not_this_time = "这次不评" / "Not this time";
    choose_why = "选一样，或写一句，就能交。" / "Choose one, or write a line, and hand it in.";
    secret = "评不评由您。给您办事的人看不到您的姓名、电话和您写的话。"
        / "It is up to you. Whoever served you doesn't see your name, telephone or words.";
    thanks = "谢谢您，评价收到了" / "Thank you, it has been received";
    declined = "好的，这次不评" / "Very well, not this time";
    give_back = "请把屏幕转回给工作人员。" / "Please turn the screen back to the staff.";
    not_now = "这一件现在不用评" / "Nothing to rate just now";
    staff_password = "工作人员" / "Staff";
    staff_hold = "工作人员：按住 3 秒" / "Staff: hold for 3 seconds";

    title = "评价" / "Rating";
    tile = "办完了，请本人评" / "Over: let them rate it";
    by_themselves = "请本人评价" / "Let them rate it";
    of_slip = "录入评价单" / "Type in a slip";
    nth(nth: u8) = "第 {nth} 次" / "No. {nth}";
    beside = "，另一处先有评价，不计" / ", rated elsewhere before: doesn't count";
    excluded = "，经复核不计入" / ", set aside after review";
    confidential = "评价人的信息对经办人保密。" / "Who rated is kept from who handled it.";
    looked_into(matter: &str) = "差评核实 {matter}" / "Looked into: {matter}";

    which = "请本人评哪一件？" / "Which one is to be rated?";
    which_says = "点一件，再把屏幕转给本人。不引导，不在旁边看。" / "Choose one and turn the screen. Don't prompt, don't look.";
    none_to_rate = "没有办完了还没评的。办结以后才能评价。" / "Nothing is over and unrated.";

    grade = "满意不满意" / "Grade";
    not_said = "没有评" / "Not said";
    how = "怎么来的" / "How it came";
    paper = "纸质评价单" / "Paper slip";
    by_phone = "电话里说的" / "On the telephone";
    day = "评价单上的日期" / "The slip's day";
    slip_no = "评价单编号" / "Number of the slip";
    rater_name = "评价人姓名（没写就空着）" / "Rater's name (if given)";
    rater_phone = "评价人电话（没写就空着）" / "Rater's telephone (if given)";
    words = "原话" / "In their words";
    reasons = "不满意的原因" / "What was wrong";
    keep = "存下评价" / "Keep it";
    not_yet = "先不录" / "Not now";
    kept = "评价存下了" / "Rating kept";
    kept_and_looked_into(matter: &str) = "评价存下了，已转乡镇核实：{matter}" / "Rating kept; the township looks into it: {matter}";
    day_like = "写成 2026-09-29 或 20260929" / "Write 2026-09-29 or 20260929";
}
