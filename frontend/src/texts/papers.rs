//! Papers: which, where to, and what has come of them.

/// What the desk's sentences end with.
pub const FULL_STOP: char = '。';

texts! {
    title = "文书" / "Paper";
    of_day(day: &str) = "{day}还没打的文书" / "Papers not printed yet, {day}";
    of_batch(batch: &str) = "移交批次 {batch} 的文书" / "Papers of batch {batch}";
    of_cases(count: usize) = "{count} 件的文书" / "Papers of {count} cases";
    which_form = "哪一种文书" / "Which paper";
    printed(count: usize) = "打过 {count} 件" / "{count} printed before";
    cases(count: usize) = "{count} 件" / "{count} cases";
    none_due = "没有要打的文书。" / "No paper to print.";
    among(count: u32) = "只在最近登记的 {count} 件里找。" / "Only the {count} recorded last are looked at.";
    came_to(name: &str, count: usize, pages: usize) = "{name} {count} 份，{pages} 页" / "{name}: {count}, {pages} pages";
    full_stop = "。" / ". ";
    skipped(count: usize) = "没有打的 {count} 件：" / "Not printed, {count}:";
    skipped_one(case_no: &str, why: &str) = "{case_no}：{why}" / "{case_no}: {why}";
    day_before = "前一天" / "Day before";
    day_after = "后一天" / "Day after";
    to_stick(name: &str) = "存到 U 盘 {name}" / "Save to stick {name}";
    to_file = "存为 PDF" / "Save as PDF";
    printer = "打印机" / "Printer";
    printer_says(says: &str) = "（{says}）" / " ({says})";
    tray = "纸盒" / "Tray";
    copies = "份数" / "Copies";
    print = "打印" / "Print";
    at_printer(state: &str) = "{state}。" / "At the printer: {state}.";
    at_printer_why(state: &str, why: &str) = "{state}，{why}。" / "At the printer: {state}, {why}.";
    printing(says: &str, job: &str) = "{says}打印任务 {job}。" / "{says} Print job {job}. ";
    on_stick = "写好了，U 盘可以拔了：" / "Written, the stick can be taken out: ";
    saved = "存好了：" / "Saved: ";
    first_pages(all: usize, shown: usize) = "共 {all} 页，这里看前 {shown} 页。" / "{all} pages, the first {shown} are shown.";
}
