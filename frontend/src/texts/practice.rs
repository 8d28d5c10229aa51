//! 练习: the strip, the tour, and the question after the first start.

texts! {
    practice = "练习" / "Practice";
    /// Where there is no desk yet, and on the help sheet.
    practise_first = "先用编的人练一练" / "Practise with made-up people";
    practise_township = "练一练（乡镇）" / "As a township";
    practise_county = "练一练（县里）" / "As a county";
    nothing_real = "这里的人和事都是编的，不会送到县里和镇上。" / "People and cases here are made up. Nothing is sent to the township or the county.";
    follow = "跟着学一遍" / "Take the tour";
    enough = "先不学了" / "Stop the tour";
    anew = "从头来" / "Begin anew";
    leave = "退出练习" / "Leave practice";
    begun_anew = "练过的都清掉了，从头开始" / "All that was practised is gone; begun anew";
    step(at: usize, of: usize) = "第 {at} 步，共 {of} 步" / "Step {at} of {of}";
    open_record = "有人来办事：按 F2，或点“登记”。" / "Somebody has come: press F2 or choose “登记” (record).";
    choose_item = "他要领养老金：输“养老”，选一个事项。" / "They ask for a pension: type “养老” and choose an item.";
    fill_in_person = "填姓名和身份证号。手边没有就填：马桂英，621099194603120228。" / "Fill in name and identity number. If you have none: “马桂英”, 621099194603120228.";
    tick_materials = "材料收到一样，打一个勾：点一下，或按空格。" / "Tick each paper you receive: click it, or press space.";
    save = "没填全也能先存：按 Ctrl Enter，或点“存下”。" / "Gaps may wait: press Ctrl Enter or choose “存下” (save).";
    look_at_receipt = "存好了。右边是给老乡的回执。点“看这一件”。" / "Saved. At the right is the resident's receipt. Choose “看这一件” (open the case).";
    hand_over = "材料要带到镇上：点“移交”，记下来。" / "The papers go to the township: choose “移交” (hand over).";
    look_at_sync = "这张是交接单，看完按 Esc。再点上面的“同步”，看送到了哪里。" / "This is the slip; Esc closes it. Then choose “Sync” above to see how far records have got.";
    open_intake = "这是今日：镇上今天要办的都在这里。点左边的“受理”。" / "This is the day: all that is to be done. Choose “受理” (intake) at the left.";
    open_received = "点“何得福”这一件，再点“全页”，看材料齐不齐。" / "Choose “何得福”, then “全页” (full page), and look whether the papers are complete.";
    accept = "材料齐了：按 Enter，再按 Enter，受理这一件。" / "They are: press Enter, and Enter again, to accept it.";
    print = "这是给本人的通知书。点“存为 PDF”或“打印”。" / "This is the notice for the resident. Save it as PDF, or print it.";
    open_merge = "按 Esc 回来，点左边的“合并”：两处不一样的、重复的都在那里定。" / "Esc leads back. Choose “合并” (review) at the left: conflicts and duplicates are settled there.";
    open_handed_over = "村里移交来一件：再点“受理”，点“苏秀英”，点“全页”。" / "A village has handed one over: choose “受理” again, “苏秀英”, and “全页” (full page).";
    receive = "对着交接单点一遍原件，数目对得上，就点“接收”。" / "Count the papers against the slip. If they are all there, choose “接收” (receive).";
    open_review = "村里和镇上写得不一样的，由县里定：点左边的“合并”。" / "Where village and township differ the county decides: choose “合并” (review) at the left.";
    settle = "电话有两个，问清楚哪个对，点那一边，再按 Enter，就定了。" / "Two telephone numbers: find out which is right, click that side, press Enter. It is settled.";
    look_at_silent = "再点左边的“总览”，看哪些单位超期、哪些好几天没来数据。" / "Choose “总览” (overview) at the left: which units are late, and which have been silent for days.";
    open_notices = "看“县里上次收到”这一列：几天没来的，打个电话。再点“通知”。" / "Look at “last heard”: call those who were silent for days. Then choose “通知” (notices).";
    publish = "点“写一条”，写标题和正文，点“看一看再发”，再点“发出去”。" / "Choose “写一条” (write one), write a title and a text, look at it, and publish it.";
    learnt = "学会了：真的办件也是这样办。退出练习，就回到真的。" / "That is all: real cases go the same way. Leave practice to get back to them.";
    enrolled = "登记好了" / "Enrolled";
    ask_to_practise = "要不要先练五分钟？" / "Practise for five minutes first?";
    why_practise = "练习里的人是编的，怎么点都不会出错，也不会送到县里。以后按 F1 也能进来练。" / "The people in it are made up; nothing can go wrong and nothing is sent. F1 leads there later, too.";
    five_minutes = "先练五分钟" / "Practise for five minutes";
    straight_to_work = "不用，直接开始" / "No, begin to work";
    making = "正在准备练习用的数据" / "Making something to practise on";
}
