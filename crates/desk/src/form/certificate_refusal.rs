use super::{Stamp, slip::slip};
use crate::ask::Opened;
use daiban_domain::{case::Event, item::certificate};
use daiban_forms::{CertificateRefusal, Ground};
use daiban_replica::ReplicaError;
use rusqlite::Connection;

/// Whether a case asks for a certificate that isn't given: it is on the item's list, or the act has refused it.
pub(super) fn refused(opened: &Opened, act: &Event) -> bool {
    let no = matches!(act.kind.as_str(), "refuse" | "reject");
    certificate::asked(&opened.item) && (no || listed(opened))
}

fn listed(opened: &Opened) -> bool {
    certificate::listed(&opened.item, field(opened, certificate::KIND))
}

fn field<'o>(opened: &'o Opened, key: &str) -> &'o str {
    opened.case.field(&format!("fields.{key}"))
}

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<CertificateRefusal, ReplicaError> {
    let certificate = field(opened, certificate::KIND).trim();
    let ground = if listed(opened) { Ground::Listed } else { Ground::Said(act.said().reason) };
    Ok(CertificateRefusal {
        slip: slip(db, opened, act, stamp)?,
        certificate: match certificate {
            "" => "证明".to_owned(),
            one if one.ends_with("证明") => one.to_owned(),
            one => format!("{one}证明"),
        },
        asked_by: field(opened, certificate::PURPOSE).to_owned(),
        applied_on: opened.case.registered_on,
        ground,
        basis: opened.item.legal_basis.first().cloned().unwrap_or_else(|| "本事项办理规定".to_owned()),
        instead: certificate::instead(certificate).to_owned(),
    })
}
