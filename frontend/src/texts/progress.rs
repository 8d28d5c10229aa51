//! What takes its time.

texts! {
    stop = "停下" / "Stop";
    stopping = "正在停下" / "Stopping";
    typesetting = "正在排版" / "Typesetting";
    typeset(done: u64, of: u64) = "排好 {done} 份，共 {of} 份" / "{done} of {of} are typeset";
    writing = "正在写文件" / "Writing the file";
}
