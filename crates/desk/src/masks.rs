//! Which parts of a case are shown masked (DOMAIN §8.6).

use crate::ask::Opened;
use daiban_domain::{
    check,
    item::{Item, field::Kind},
    mask::{Data, Place},
};

/// A case's, by the paths of its parts.
#[derive(Clone, Copy)]
pub(crate) struct Masks<'a> {
    pub item: &'a Item,
    organisation: bool,
}

impl<'a> Masks<'a> {
    pub fn of(opened: &'a Opened) -> Self {
        let organisation = opened.case.field("applicant.idType") == check::CREDIT_CODE;
        Self { item: &opened.item, organisation }
    }

    fn data(self, path: &str) -> Option<Data> {
        match path.strip_prefix("fields.") {
            Some(key) => {
                let field = self.item.fields.iter().find(|field| field.key == key)?;
                Data::of_field(Kind::of(&field.kind)?)
            }
            None => Data::of_applicant(path, self.organisation),
        }
    }

    /// What stands at a path as it is shown there.
    pub fn at(self, place: Place, path: &str, text: &str) -> String {
        self.data(path).map_or_else(|| text.to_owned(), |data| data.at(place, text))
    }

    /// Whether some of it is hidden there.
    pub fn hides(self, place: Place, path: &str, text: &str) -> bool {
        self.at(place, path, text) != text
    }
}
