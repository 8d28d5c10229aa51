use super::save_form::write_beside;
use crate::{Desk, Trouble, form, printer};
use daiban_contract::{act::SavePaper, view::SavedPaper};
use daiban_domain::Instant;
use daiban_replica::{public::unit, today};
use std::{fs, path::PathBuf};

impl Desk {
    /// Writes a paper that is no case's; nothing is recorded.
    pub fn save_paper(&self, request: SavePaper, now: Instant) -> Result<SavedPaper, Trouble> {
        let faces = form::faces()?;
        let folder = self.forms_folder();
        self.with(|replica| {
            let (db, identity) = (replica.db(), replica.identity());
            let on = today(db, now)?;
            let paper = form::paper(db, &request.of, &request.form, (identity.person, on), faces)?;
            let author = unit::find(db, identity.unit)?.map(|unit| unit.full_name).unwrap_or_default();
            let about = daiban_forms::About { title: paper.name, author: &author, on };
            let pdf = daiban_forms::pdf(&paper.layout, faces, about);
            let file = match &request.file {
                Some(file) => PathBuf::from(file),
                None => folder.join(format!("{}-{}.pdf", paper.number, request.form)),
            };
            let written = write_beside(&file, &pdf)?;
            let held =
                request.printer.as_ref().map(|to| printer::hold(&written, to, &request.form)).transpose()?;
            let printing = held.as_ref().map(printer::Held::release);
            fs::rename(&written, &file).map_err(Trouble::file)?;
            Ok(SavedPaper { file: file.display().to_string(), name: paper.name.to_owned(), printing })
        })
    }
}
