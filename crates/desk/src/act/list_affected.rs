use super::let_out::{access, let_out};
use crate::{Desk, Trouble, ask};
use daiban_contract::{act::ListAffected, view::BreachView};
use daiban_domain::{Instant, access::What};
use daiban_replica::revocation::Known;
use daiban_sheet::Table;
use std::path::Path;

impl Desk {
    /// Writes whom a breach affects, for those who have to tell them.
    pub fn list_affected(&self, request: ListAffected, now: Instant) -> Result<BreachView, Trouble> {
        self.with(|replica| {
            let (mut view, people) = ask::breach_of(replica, request.device)?;
            let access = access(What::Affected, request.device, "", people.len());
            let files = daiban_sheet::files(&[table(&people)], Path::new(&request.file));
            for (file, bytes) in files.map_err(Trouble::sheet)? {
                let_out(replica, &access, &file, &bytes, now)?;
                view.file = Some(file.display().to_string());
            }
            Ok(view)
        })
    }
}

/// Whom to tell.
fn table(people: &[Known]) -> Table {
    let heading = ["姓名", "证件号码", "联系电话", "住址", "居民登记", "办件数", "有照片的办件"];
    let rows = people.iter().map(|known| {
        vec![
            known.name.clone(),
            known.id_no.clone(),
            known.phone.clone(),
            known.address.clone(),
            if known.resident { "是" } else { "否" }.to_owned(),
            known.cases.to_string(),
            known.with_photos.to_string(),
        ]
    });
    let lines = std::iter::once(heading.map(str::to_owned).to_vec()).chain(rows);
    Table::from_lines("受影响人员", (1..).zip(lines))
}
