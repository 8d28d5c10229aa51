use super::case::open;
use crate::{
    Desk, Trouble,
    form::{self, Stamp, earned_form},
    paper::{self, For},
    watch::Watch,
};
use daiban_contract::{ask, view::PreviewView};
use daiban_domain::Instant;
use daiban_exchange::mark::Mark;
use daiban_forms::{Faces, Layout};
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
            view(earned.name.to_owned(), layout, self.practice, faces)
        })
    }

    pub fn preview_paper(&self, request: ask::PreviewPaper, now: Instant) -> Result<PreviewView, Trouble> {
        let faces = form::faces()?;
        self.with(|replica| {
            let on = today(replica.db(), now)?;
            let paper = paper::lay_out(replica, &request.of, (on, For::Preview), faces, &Watch::default())?;
            view(paper.name, paper.layout, self.practice, faces)
        })
    }
}

/// Nobody looks through more of them, and a page takes the window a moment to draw.
const SHOWN: usize = 100;

fn view(name: String, mut layout: Layout, practice: bool, faces: &Faces) -> Result<PreviewView, Trouble> {
    let total = layout.pages.len();
    layout.pages.truncate(SHOWN);
    let layout = form::as_shown(layout, practice, faces)?;
    Ok(PreviewView { name, pages: daiban_forms::svg(&layout, faces), total })
}
