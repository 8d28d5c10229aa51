use super::case::open;
use crate::{
    Desk, Trouble,
    form::{self, Stamp, earned_form},
};
use daiban_contract::{ask, view::PreviewView};
use daiban_domain::Instant;
use daiban_replica::today;

impl Desk {
    pub fn preview(&self, request: ask::Preview, now: Instant) -> Result<PreviewView, Trouble> {
        let faces = self.faces()?;
        self.with(|replica| {
            let opened = open(replica.db(), &request.case_no)?;
            let earned = earned_form(&opened, &request.form)?;
            let stamp = Stamp { number: None, copy: 1, on: today(replica.db(), now)? };
            let layout = form::lay_out(replica.db(), &opened, &earned, stamp, faces)?;
            Ok(PreviewView { name: earned.name.to_owned(), pages: daiban_forms::svg(&layout, faces) })
        })
    }

    pub fn preview_paper(&self, request: ask::PreviewPaper, now: Instant) -> Result<PreviewView, Trouble> {
        let faces = self.faces()?;
        self.with(|replica| {
            let by = (replica.identity().person, today(replica.db(), now)?);
            let paper = form::paper(replica.db(), &request.of, &request.form, by, faces)?;
            let pages = daiban_forms::svg(&paper.layout, faces);
            Ok(PreviewView { name: paper.name.to_owned(), pages })
        })
    }
}
