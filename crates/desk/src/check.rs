//! `check id|uscc|mobile|name|bank|postcode VALUE`: the validators, for scripts.

use crate::Trouble;
use daiban_contract::{Code, Failure, view::CheckView};
use daiban_domain::{Instant, check};

pub fn check(kind: &str, value: &str, now: Instant) -> Result<CheckView, Failure> {
    let checked = match kind {
        "id" => check::id_number(value, now.date()),
        "uscc" => check::uscc(value),
        "mobile" => check::mobile(value),
        "name" => check::name(value),
        "bank" => check::bank_card(value),
        "postcode" => check::postcode(value),
        _ => {
            let trouble = Trouble::new(Code::BadInput, "只能核对 id、uscc、mobile、name、bank、postcode。");
            return Err(trouble.into());
        }
    };
    Ok(match checked {
        Ok(passed) => CheckView {
            ok: true,
            code: passed.notes.first().map_or("ok", |note| note.code).to_owned(),
            message: passed.notes.first().map(|note| note.message.clone()).unwrap_or_default(),
            normalised: passed.normalised,
        },
        Err(fault) => CheckView {
            ok: false,
            code: fault.code.to_owned(),
            message: fault.message,
            normalised: value.trim().to_owned(),
        },
    })
}
