//! How far a record has got, and small words of the pieces.

texts! {
    here = "已存本机" / "Saved here";
    township = "乡镇已收到" / "At the township";
    county = "县中心已收到" / "At the county";
    resend = "待重传" / "To be sent again";
    required = "必填" / "required";
    genuine = "二维码是真的" / "The code is genuine";
    not_genuine = "查不出是真的" / "The code isn't known to be genuine";
    unreadable_answer(why: &str) = "本机程序的答复读不懂：{why}" / "The program's answer can't be read: {why}";
    not_speaking(why: &str) = "窗口和本机程序没有说上话，关掉窗口再打开。已存的都在。（{why}）" / "The window can't reach its program. Close it and open it again; all that was saved is there. ({why})";
    support_saved(file: &str) = "给技术人员的文件存好了，里面没有任何人的资料：{file}" / "The file for the technician is saved; nobody's data are in it: {file}";
}
