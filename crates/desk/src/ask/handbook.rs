use crate::{Desk, Trouble, handbook};
use daiban_contract::{ask, view::HandbookView};
use daiban_domain::Instant;

impl Desk {
    /// The same for everybody: nothing of the desk is in it.
    pub fn handbook(&self, request: ask::Handbook, _: Instant) -> Result<HandbookView, Trouble> {
        let shown = handbook::read(&request.page);
        Ok(HandbookView {
            page: shown.page.to_owned(),
            title: shown.title,
            blocks: shown.blocks,
            contents: handbook::contents(&request.find),
        })
    }
}
