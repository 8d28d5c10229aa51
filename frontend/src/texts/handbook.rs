//! The handbook behind F1. What it says itself is Chinese and comes from the desk.

texts! {
    handbook = "手册" / "Handbook";
    find = "在手册里找" / "Find in the handbook";
    find_by = "输一个词，比如 U盘、密码" / "A word, in Chinese";
    contents = "目录" / "Contents";
    nothing_found(find: &str) = "手册里没有“{find}”。换个说法试试。" / "The handbook doesn't mention “{find}”. Try another word.";
    practise = "用编的人练一练" / "Practise with made-up people";
}
