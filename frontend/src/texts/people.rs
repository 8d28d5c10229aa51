//! Who works where: roles, standing in, a village's new agent.

texts! {
    back = "返回" / "Back";
    title = "人员" / "People";
    unit = "单位" / "Unit";
    what = "谁在哪里、做什么；谁代谁；村里换了代办员，在办件交给谁" / "Who works where and as what; who stands in for whom; who takes a village's open cases";
    here_and_below = "本单位和下级" / "Here and below";
    find = "姓名" / "Name";
    count(count: usize) = "{count} 人" / "{count}";
    first_only(shown: usize) = "只列前 {shown} 人，选单位或输姓名可以再缩小" / "the first {shown}; choose a unit or type a name for fewer";
    nobody = "没有这样的人" / "Nobody like that";
    then = "人由县中心登记设备时加进来。换个单位或名字找找。" / "People come in when the county enrols their device. Try another unit or name.";
    no_roles = "没有岗位，只能看" / "no role, can only read";
    myself = "就是你" / "you";
    change = "岗位…" / "Roles…";
    roles = "岗位角色" / "Roles";
    roles_explained = "从下一笔记录起按新的算，先前办的都算数。一个也不选，这个人就只能看。" / "They count from the next record on; what was done before stands. With none chosen this person can only read.";
    keep_roles = "存下岗位" / "Keep the roles";
    roles_kept(name: &str) = "{name}的岗位改好了" / "The roles of {name} are changed";
    give(unit: &str, name: &str) = "把{unit}的在办件都交给{name}" / "Give all open cases of {unit} to {name}";
    give_explained = "村里每个没办完的件，从现在起由这个人跟。原来是谁跟的，件里都记着；村里存的原件会一份一份列出来，双方当面点清。" / "From now on this person looks after every open case of the village. Who did before stays in each case; the originals that lie in the village are listed, to be counted by both.";
    surely = "确定都交给这个人" / "Give them all";
    given = "交接清单" / "What was given over";
    print_given = "打印交接清单" / "Print the list";
    case_no = "办件编号" / "Case";
    applicant = "申请人" / "Applicant";
    item = "事项" / "Item";
    from = "原来由" / "From";
    originals = "村里存的原件" / "Originals in the village";
    none_lying = "没有" / "none";
    original(name: &str, count: u16) = "{name} {count} 份" / "{name} × {count}";
    list_comma = "、" / ", ";
    standing_in = "代班" / "Standing in";
    standing_in_what = "出差、休假时由谁代：代的人办的事都写明替谁办" / "While somebody is away: what the substitute does says for whom";
    nobody_away = "现在没有人代班" / "Nobody stands in for anybody";
    days(since: &str, until: &str) = "{since} 到 {until}" / "{since} to {until}";
    holds = "正在代" / "now";
    who_away = "谁不在" / "Who is away";
    who_instead = "谁来代" / "Who stands in";
    first_day = "从哪天" / "First day";
    last_day = "到哪天" / "Last day";
    reason = "原因" / "Reason";
    reason_hint = "如 年休假" / "e.g. leave";
    keep_delegation = "存下代班" / "Keep it";
    delegation_kept = "代班存下了" / "Kept";
    end_today = "到今天为止" / "Ends today";
}
