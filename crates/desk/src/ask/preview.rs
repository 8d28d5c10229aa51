use super::case::open;
use crate::{
    Desk, Trouble,
    form::{self, Stamp, earned_form},
    paper::{self, For},
};
use daiban_contract::{ask, view::PreviewView};
use daiban_domain::Instant;
use daiban_exchange::mark::Mark;
use daiban_replica::today;

impl Desk {
    pub fn preview(&self, request: ask::Preview, now: Instant) -> Result<PreviewView, Trouble> {
        let faces = form::faces()?;
        self.with(|replica| {
            let opened = open(replica.db(), &request.case_no)?;
            let earned = earned_form(&opened, &request.form, None)?;
            let mark = Mark::unsigned(earned.form, &request.case_no);
            let stamp = Stamp { number: None, copy: 1, on: today(replica.db(), now)?, mark };
            let layout = form::lay_out(replica.db(), &opened, &earned, stamp, faces)?;
            Ok(PreviewView { name: earned.name.to_owned(), pages: daiban_forms::svg(&layout, faces) })
        })
    }

    pub fn preview_paper(&self, request: ask::PreviewPaper, now: Instant) -> Result<PreviewView, Trouble> {
        let faces = form::faces()?;
        self.with(|replica| {
            let on = today(replica.db(), now)?;
            let paper = paper::lay_out(replica, &request.of, (on, For::Preview), faces)?;
            let pages = daiban_forms::svg(&paper.layout, faces);
            Ok(PreviewView { name: paper.name, pages })
        })
    }
}
