//! Answers and failures on the terminal.

use daiban_contract::Failure;
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

pub fn failure(failure: &Failure, json: bool) {
    let code = serde_json::to_value(failure.code).unwrap_or(Value::Null);
    let text = if json {
        json!({ "error": failure }).to_string()
    } else {
        format!("{}（{}）", failure.message, code.as_str().unwrap_or_default())
    };
    let _ = writeln!(std::io::stderr(), "{text}");
}
