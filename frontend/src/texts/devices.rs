//! Computers, codes for new ones, and what revoked ones wrote.

texts! {
    back = "返回" / "Back";
    computers = "电脑" / "Computers";
    in_use = "在用的电脑" / "In use";
    count(count: usize) = "{count} 台" / "{count}";
    revoked = "已注销的电脑" / "Revoked";
    code = "登记码" / "Enrolment code";
    code_for = "新电脑登记，或给一台电脑添使用人" / "For a new computer, or one more user of one";
    which_unit = "给哪个单位：" / "For which unit: ";
    ask_for_code = "要一个登记码" / "Get a code";
    code_says(unit: &str, until: &str, roles: &str) = "{unit}用，{until}前有效，只能用一次。角色：{roles}。当面告诉本人，或写在纸上交给本人；不要发到群里。" / "For {unit}, good until {until}, once. Roles: {roles}. Tell it face to face or on paper; never in a chat group.";
    county_heard(at: &str) = "县中心最近收到：{at}" / "The county last heard: {at}";
    county_never = "县中心还没有收到过" / "The county has heard nothing yet";
    tag(tag: &str) = "编号代码 {tag}" / "Tag {tag}";
    this_one = "就是这台" / "this one";
    look = "查看" / "Look";
    revoke_it = "丢失、被盗、停用…" / "Lost, stolen, out of use…";
    revoked_by(at: &str, by: &str) = "{at} 由{by}注销。" / "Revoked {at} by {by}. ";
    was_revoked(name: &str) = "“{name}”已注销" / "“{name}” has been revoked";
    why = "为什么注销" / "Why it is revoked";
    why_colon = "为什么注销：" / "Why: ";
    since = "从什么时候起不在自己人手里（不填就是现在）：" / "Since when in others' hands (empty: now): ";
    since_hint = "例如 18:00 或 3-5 18:00" / "e.g. 18:00 or 3-5 18:00";
    unreadable_time = "看不懂这个时间。写成 18:00，或 3-5 18:00。" / "That time can't be read. Write 18:00, or 3-5 18:00.";
    revoking_explained = "注销后这台电脑不能再办事、看件，只把已有的记录交上来。到那时县中心已经收到的记录照常算数，别的先放在一边等审核，一条也不丢。注销不能撤回：找回来的电脑用新登记码重新登记。" / "A revoked computer can't work or show cases any more; it only hands in what it holds. What the county had received by then counts; the rest waits for a review, and nothing is lost. It can't be taken back: a computer that is found again enrols with a new code.";
    surely = "确定注销，不能撤回" / "Revoke for good";
    revoke = "注销这台电脑" / "Revoke this computer";
    touched(kinds: &str, device: &str) = "涉及：{kinds}。名单用命令 daiban device breach {device} -o 名单.xlsx 导出。" / "Touched: {kinds}. List: daiban device breach {device} -o list.xlsx";
    list_comma = "、" / ", ";
    unit_and_device(unit: &str, device: &str) = "{unit}，{device}" / "{unit}, {device}";
    held = "注销后收到的记录" / "Received after the revocation";
    held_count(waiting: usize, all: usize) = "等审核 {waiting} 件，共 {all} 件" / "{waiting} wait for review, {all} in all";
    was_accepted = "已采用，按正常记录算" / "Accepted, counts as any record";
    was_refused = "已搁置，不算数，记录还留着" / "Set aside: doesn't count, is kept";
    accepted = "已采用" / "Accepted";
    refused = "已搁置" / "Set aside";
    only_here = "别处没有的，等审核" / "Nowhere else; waits for review";
    built_on = "后来的办理以它为据，已算数，请核对" / "Later acts build on it: it counts, look at it";
    waits = "等审核" / "Waits for review";
    accept = "是自己人写的，采用" / "One of us wrote it: accept";
    refuse = "不采用，搁置" / "Set it aside";
    open_case = "看这一件" / "Open the case";
}
