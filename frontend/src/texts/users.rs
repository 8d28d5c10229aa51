//! Who works at this computer, and their passwords.

texts! {
    users = "使用人" / "Users";
    without_password = "这台机器没有密码：谁拿到它，谁就能看到全村的身份证号和办件。设了密码，硬盘上的数据才真正锁上。" / "This computer has no password: whoever has it reads everybody's identity numbers and cases. Only a password really locks what is on its disk.";
    change_mine = "改我的密码" / "Change my password";
    set_one = "设密码" / "Set a password";
    add_user = "添使用人" / "Add a user";
    lock_or_change = "锁上、换人" / "Lock, change person";
    at_work = "在用" / "At work";
    remove = "移出" / "Remove";
    removed = "已移出，本机数据换了密钥。" / "Removed; the data have another key now.";
    keep = "留下" / "Keep";
    changing_key = "正在换密钥" / "Changing the key";
    remove_and_change = "移出，换密钥" / "Remove, change the key";
    password_set = "密码设好了。请记牢：忘了要到县中心才能恢复。" / "The password is set. Keep it in mind: only the county can recover a forgotten one.";
    old_password = "现在的密码" / "Password now";
    use_it = "就用这个密码" / "Use this password";
    added(name: &str) = "已添加 {name}。" / "{name} added.";
    code_for_them = "向县中心给这个人要一个登记码，这一步要连网。密码由本人来输。" / "Ask the county for a code for this person; this step needs a network. They type the password themselves.";
    their_name = "姓名" / "Name";
    code = "登记码" / "Enrolment code";
    their_password = "本人的密码" / "Their password";
    calling = "正在连县中心" / "Calling the county";
    add = "添加" / "Add";
    when_idle = "没人用时" / "When nobody is there";
    never_locks = "不自动锁" / "never lock";
    locks_after(minutes: u32) = "{minutes} 分钟后锁上" / "lock after {minutes} minutes";
    list_comma = "、" / ", ";
    new_password = "新密码" / "New password";
    again = "再输一次" / "Once more";
    good_password = "至少 8 个字母或数字，汉字至少 4 个。写一句自己记得住的话最好。" / "At least 8 letters or figures, or 4 Chinese characters. Best is a sentence that you remember.";
    same = "两次一样。" / "Both are the same.";
    not_same = "两次输的不一样。" / "The two aren't the same.";
}
