//! Answers and failures on the terminal.

use daiban_contract::Failure;
use serde::Serialize;
use serde_json::{Value, json};

/// One JSON object a line for scripts, indented for people.
pub fn answer(answer: &impl Serialize, json: bool) {
    let value = serde_json::to_value(answer).unwrap_or(Value::Null);
    if json {
        println!("{value}");
    } else {
        println!("{value:#}");
    }
}

pub fn failure(failure: &Failure, json: bool) {
    if json {
        eprintln!("{}", json!({ "error": failure }));
    } else {
        let code = serde_json::to_value(failure.code).unwrap_or(Value::Null);
        eprintln!("{}（{}）", failure.message, code.as_str().unwrap_or_default());
    }
}
