use super::{
    let_out::{access, let_out},
    save_form::{place, write_beside},
};
use crate::{
    Desk, Trouble, form,
    paper::{self, For, TellsOf},
    printer,
};
use daiban_contract::{act::SavePaper, view::SavedPaper};
use daiban_domain::{Instant, access::What};
use daiban_forms::About;
use daiban_replica::{
    printer::{Print, note, remember},
    public::unit,
    store::key::keep_name,
    today,
};
use std::{fs, path::Path};

impl Desk {
    /// Writes a paper that is no case's; that one tells of people is recorded.
    pub fn save_paper(&self, request: SavePaper, now: Instant) -> Result<SavedPaper, Trouble> {
        let faces = form::faces()?;
        let folder = self.forms_folder();
        let mut saved = self.with(|replica| {
            let _watched = self.watch.begin();
            let on = today(replica.db(), now)?;
            let paper = paper::lay_out(replica, &request.of, (on, For::Paper), faces, &self.watch)?;
            let author = unit::find(replica.db(), replica.identity().unit)?;
            let author = author.map(|unit| unit.full_name).unwrap_or_default();
            let layout = form::as_shown(paper.layout, self.practice, faces)?;
            let pdf = daiban_forms::pdf(&layout, faces, About { title: &paper.name, author: &author, on });
            let file = place(request.file.as_deref(), &folder, &paper.file);
            match &paper.tells_of {
                Some(TellsOf { about, part, rows }) => {
                    let what = if request.printer.is_some() { What::Print } else { What::Export };
                    let_out(replica, &access(what, about, part, *rows), &file, &pdf, now)?;
                }
                None => {
                    let written = write_beside(&file, &pdf)?;
                    fs::rename(&written, &file).and_then(|()| keep_name(&file)).map_err(Trouble::file)?;
                }
            }
            let (file, pages) = (file.display().to_string(), layout.pages.len());
            Ok(SavedPaper { file, name: paper.name, pages, printing: None })
        })?;
        if let Some(to) = &request.printer {
            let held = printer::hold(Path::new(&saved.file), to, "daiban")?;
            let remembered = self.with(|replica| {
                replica.commit(now, |writing| {
                    remember(writing, &to.name, &to.tray)?;
                    let printed = Print {
                        printer: to.name.clone(),
                        job: held.job().to_owned(),
                        name: saved.name.clone(),
                        pages: saved.pages as u32,
                        copies: to.copies.into(),
                        ..Print::default()
                    };
                    Ok::<_, Trouble>(note(writing, &printed)?)
                })
            });
            if let Err(trouble) = remembered {
                held.cancel();
                return Err(trouble);
            }
            saved.printing = Some(held.release());
        }
        Ok(saved)
    }
}
