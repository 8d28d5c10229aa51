//! The print queue.

texts! {
    title = "打印" / "Printing";
    says = "这台电脑今天打的、存的，和还没打出来的。" / "What this computer printed and saved today, and what hasn't come out.";
    no_system = "这台电脑没有打印系统。文书存为 PDF，从别的程序里打。" / "This computer has no print system. Save papers as PDF and print them from there.";
    trouble(printer: &str, says: &str) = "{printer}：{says}" / "{printer}: {says}";
    stuck = "还没打出来的" / "Not out yet";
    today = "今天打的" / "Today";
    count(count: usize) = "{count} 份" / "{count}";
    none = "今天还没打过。" / "Nothing printed today.";
    none_then = "在办件里打文书，会列在这里。" / "What is printed in a case is listed here.";
    paper = "文书" / "Paper";
    printer = "打到哪里" / "Where";
    state = "情况" / "State";
    file = "存成文件" / "a file";
    of_cases(cases: u32) = "{cases} 件" / "{cases} cases";
    pages(pages: u32, copies: u32) = "{pages} 页，{copies} 份" / "{pages} pages, {copies} copies";
    by(moment: &str, who: &str) = "{moment} {who}" / "{moment} {who}";

    failed = "没打成" / "failed";
    held = "停着，没有放行" / "on hold";
    waiting = "在排队" / "waiting";
    printing = "正在打" / "printing";
    unknown = "打印系统不记得了" / "not remembered any more";
    cancelled = "取消了" / "cancelled";
    done = "打好了" / "printed";
    saved = "存好了" / "saved";

    again = "再打一次" / "Print again";
    let_go = "放行" / "Let it go";
    cancel = "取消" / "Cancel";
    to_case = "打开办件" / "Open the case";
    did_again = "又送去打了" / "Sent again";
    did_let_go = "放行了" / "Let go";
    did_cancel = "取消了。编号已经用掉，要打就到办件里补打" / "Cancelled. Its number is used; print it again from the case";
}
