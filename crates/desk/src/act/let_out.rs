use super::save_form::write_beside;
use crate::Trouble;
use daiban_domain::{Instant, access::What};
use daiban_exchange::access::Access;
use daiban_replica::{Replica, store::key::keep_name};
use std::{fs, path::Path};

/// Writes what is in the clear to a file: durable beside its name first, then recorded, then under its name. Nothing gets a name
/// without a record.
pub(super) fn let_out(
    replica: &mut Replica,
    access: &Access,
    file: &Path,
    bytes: &[u8],
    now: Instant,
) -> Result<(), Trouble> {
    let part = write_beside(file, bytes)?;
    let recorded = replica.commit(now, |writing| Ok::<_, Trouble>(writing.record_access(access)?));
    if recorded.is_err() {
        let _ = fs::remove_file(&part);
    }
    recorded?;
    fs::rename(&part, file).and_then(|()| keep_name(file)).map_err(Trouble::file)
}

/// A record without a reason of its own: the act is the reason.
pub(crate) fn access(what: What, about: impl ToString, part: impl ToString, rows: usize) -> Access {
    Access {
        what: what.as_str().to_owned(),
        about: about.to_string(),
        part: part.to_string(),
        rows: rows as u64,
        reason: String::new(),
    }
}
