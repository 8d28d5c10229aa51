//! The values that stand in a key, ordered by the rule for fields: the one that counts comes first.

use super::{Authored, Value};
use automerge::ScalarValue;
use daiban_domain::case::value;

/// One of the values that stand in a field, and who put it there.
#[derive(Clone, Debug)]
pub struct Side {
    pub value: String,
    pub authored: Authored,
}

/// The different values of a key, the one that counts first; of equal values the one that would count.
pub(crate) fn sides(mut values: Vec<Value<'_>>) -> Vec<Side> {
    if let [only] = values.as_slice() {
        return vec![Side { value: shown(only.scalar), authored: only.authored }];
    }
    let mut sides: Vec<Side> = Vec::new();
    while let Some(next) = value::standing(&values.iter().map(candidate).collect::<Vec<_>>()) {
        let taken = values.swap_remove(next);
        let side = Side { value: shown(taken.scalar), authored: taken.authored };
        if sides.iter().all(|other| other.value != side.value) {
            sides.push(side);
        }
    }
    sides
}

pub(crate) fn candidate(value: &Value<'_>) -> value::Side {
    value::Side {
        value: shown(value.scalar),
        level: value.authored.unit.level(),
        hlc: value.authored.hlc,
        tie: value.change,
    }
}

fn shown(scalar: &ScalarValue) -> String {
    match scalar {
        ScalarValue::Str(text) => text.as_str().to_owned(),
        ScalarValue::Int(number) => number.to_string(),
        ScalarValue::Uint(number) => number.to_string(),
        ScalarValue::Boolean(truth) => truth.to_string(),
        // Nothing here writes other scalars; a newer program's is shown as it prints.
        other => other.to_string(),
    }
}
