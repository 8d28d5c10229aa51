//! The form that an item asks for, as this program reads it (FIELDS).

use super::{Beside, Item, Remark, remark};
use crate::item::field::{Form, Misread};

/// Every field's type, options, rule and condition can be read, name fields that there are, and don't go round in a circle.
pub(super) fn can_be_read(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    remarks(item, true)
}

/// A choice lists what may be chosen.
pub(super) fn choices_have_options(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    remarks(item, false)
}

fn remarks(item: &Item, fatal: bool) -> Vec<Remark> {
    let misread = Form::of(&item.fields).misread.into_iter().filter(|misread| misread.fatal == fatal);
    misread
        .map(|Misread { key, label, message, .. }| remark(format!("字段 {key} {label}"), message))
        .collect()
}
