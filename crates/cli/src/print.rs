//! Answers and failures on the terminal.

use daiban_contract::{
    Failure,
    view::{AuditCaseView, AuditRow},
};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::Write;

/// One JSON object a line for scripts, indented for people. A reader that has gone away is no error.
pub fn answer(answer: &impl Serialize, json: bool) {
    let value = serde_json::to_value(answer).unwrap_or(Value::Null);
    let text = if json { format!("{value}\n") } else { format!("{value:#}\n") };
    let _ = std::io::stdout().write_all(text.as_bytes());
}

pub fn sentences(says: &[String]) {
    let _ = writeln!(std::io::stdout(), "{}", says.join("\n"));
}

/// 倒查, a line an act.
pub fn audit(case: &AuditCaseView) -> Vec<String> {
    let line = |row: &AuditRow| {
        let at = row.at.to_string();
        let (minute, by) =
            (at.get(..16).unwrap_or(&at).replace('T', " "), format!("{} {}", row.unit_name, row.by));
        let mut line = format!("{minute}　{by}（{}）　{}", row.device, row.name);
        for (mark, text) in [("：", &row.says), ("　【有争议】", &row.contested)] {
            if !text.is_empty() {
                line += mark;
                line += text;
            }
        }
        line
    };
    let head = format!("{}　{}　{}", case.case_no, case.item_name, case.state_name);
    let wrong = case.findings.iter().map(|finding| finding.message.clone());
    [head, case.says.clone()].into_iter().chain(case.rows.iter().map(line)).chain(wrong).collect()
}

pub fn failure(failure: &Failure, json: bool) {
    let code = serde_json::to_value(failure.code).unwrap_or(Value::Null);
    let text = if json {
        json!({ "error": failure }).to_string()
    } else {
        format!("{}（{}）", failure.message, code.as_str().unwrap_or_default())
    };
    let _ = writeln!(std::io::stderr(), "{text}");
}
