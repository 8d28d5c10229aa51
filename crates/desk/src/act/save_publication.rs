use crate::{Desk, Trouble, publication};
use daiban_contract::{act::SavePublication, view::SavedPublication};
use daiban_domain::Instant;
use daiban_forms::About;
use daiban_replica::{public::unit, store::key::write, today};
use std::{fs, path::PathBuf};

impl Desk {
    /// Writes a paper that is no case's: no case's history tells of it, and it has no number.
    pub fn save_publication(
        &self,
        request: SavePublication,
        now: Instant,
    ) -> Result<SavedPublication, Trouble> {
        let faces = self.faces()?;
        let folder = self.forms_folder();
        self.with(|replica| {
            let on = today(replica.db(), now)?;
            let made = publication::lay_out(replica, &request.publication, on, faces)?;
            let author = unit::find(replica.db(), replica.identity().unit)?;
            let author = author.map(|unit| unit.full_name).unwrap_or_default();
            let about = About { title: &made.title, author: &author, on };
            let pdf = daiban_forms::pdf(&made.layout, faces, about);
            let file = match &request.file {
                Some(file) => PathBuf::from(file),
                None => {
                    fs::create_dir_all(&folder).map_err(Trouble::file)?;
                    folder.join(made.file)
                }
            };
            write(&file, &pdf)?;
            Ok(SavedPublication {
                file: file.display().to_string(),
                name: made.title,
                pages: made.layout.pages.len(),
            })
        })
    }
}
