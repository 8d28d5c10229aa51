//! What is shown of whom where: the table of DOMAIN §8.6, a reading of PIPL §28 and §34. Pages, papers, exports and logs all
//! go by it.

use crate::{case::value::BESIDE, item::field::Kind};

/// Personal data, by how far it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    Name,
    /// Numbers of identity papers, organisations' credit codes not among them.
    IdNo,
    Phone,
    /// Numbers of bank accounts.
    Account,
    Address,
    /// What people have written: it may hold numbers of somebody's.
    Text,
}

/// Where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Lists on the screen, and reports of who did what.
    List,
    /// The page of one case, to whoever works on it: what is hidden there is read for a reason, which is recorded.
    Page,
    /// Papers for the applicant; what a form has to name in full it takes from the case (●).
    Slip,
    /// A village's ledger, which lies open at the desk.
    Ledger,
    /// On a wall, and whatever goes out of the house.
    Notice,
    /// Logs, file names, QR codes.
    Log,
}

/// How much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Whole,
    /// So many letters at the beginning and at the end.
    Ends(usize, usize),
    /// The surname.
    Surname,
    /// Without house numbers: the village and the group.
    Group,
    /// Numbers in it by their last four digits.
    Numbers,
    Nothing,
}

impl Data {
    pub const ALL: [Self; 6] =
        [Self::Name, Self::IdNo, Self::Phone, Self::Account, Self::Address, Self::Text];

    /// The table.
    pub fn shown(self, place: Place) -> Shown {
        use Shown::{Ends, Group, Nothing, Numbers, Surname, Whole};
        let [list, page, slip, ledger, notice] = match self {
            Self::Name => [Whole, Whole, Whole, Whole, Surname],
            Self::IdNo => [Ends(6, 4), Ends(6, 4), Ends(6, 4), Ends(1, 1), Nothing],
            Self::Phone => [Ends(3, 4), Whole, Ends(3, 4), Ends(3, 4), Nothing],
            Self::Account => [Ends(0, 4), Ends(0, 4), Ends(0, 4), Ends(0, 4), Nothing],
            Self::Address => [Group, Whole, Whole, Whole, Nothing],
            Self::Text => [Numbers, Numbers, Whole, Numbers, Nothing],
        };
        match place {
            Place::List => list,
            Place::Page => page,
            Place::Slip => slip,
            Place::Ledger => ledger,
            Place::Notice => notice,
            Place::Log => Nothing,
        }
    }

    /// A text as it is shown there.
    pub fn at(self, place: Place, text: &str) -> String {
        match self.shown(place) {
            Shown::Whole => text.to_owned(),
            Shown::Ends(first, last) => ends(text, first, last),
            Shown::Surname => surname(text),
            Shown::Group => group(text),
            Shown::Numbers => numbers(text),
            Shown::Nothing => String::new(),
        }
    }

    /// What an applicant's part is; `None` for what tells of nobody, and of organisations, which are public.
    pub fn of_applicant(path: &str, organisation: bool) -> Option<Self> {
        Some(match path {
            "applicant.idNo" if organisation => return None,
            "applicant.idNo" | "applicant.handlerIdNo" | "applicant.guardianIdNo" => Self::IdNo,
            "applicant.name" | "applicant.handlerName" | "applicant.guardianName" => Self::Name,
            "applicant.phone" => Self::Phone,
            "applicant.address" => Self::Address,
            _ => return None,
        })
    }

    /// What a field of an item's form is.
    pub fn of_field(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::IdNumber | Kind::IdOrUscc => Self::IdNo,
            Kind::BankCard => Self::Account,
            Kind::Phone => Self::Phone,
            Kind::Address => Self::Address,
            Kind::PersonName => Self::Name,
            Kind::Text | Kind::LongText | Kind::Table => Self::Text,
            _ => return None,
        })
    }
}

/// 王*, 欧阳**; of a name with separators its first part.
fn surname(name: &str) -> String {
    if let Some((first, rest)) = name.split_once('·') {
        return format!("{first}·{}", "*".repeat(rest.chars().filter(|c| *c != '·').count()));
    }
    let letters: Vec<char> = name.chars().collect();
    let surname =
        if letters.len() > 2 && COMPOUND.iter().any(|known| name.starts_with(known)) { 2 } else { 1 };
    let kept: String = letters.iter().take(surname).collect();
    kept + &"*".repeat(letters.len().saturating_sub(surname))
}

/// The usual surnames of two characters.
const COMPOUND: [&str; 18] = [
    "欧阳", "上官", "司马", "诸葛", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙",
    "司徒", "万俟", "呼延", "端木", "南宫",
];

/// An address up to its group, or its village; nothing of one that names neither. Two may stand in one field.
fn group(address: &str) -> String {
    let shown: Vec<String> = address.split(BESIDE).map(group_of_one).filter(|one| !one.is_empty()).collect();
    shown.join(&BESIDE.to_string())
}

fn group_of_one(address: &str) -> String {
    let end = ['组', '队', '社', '村'].iter().find_map(|mark| {
        let at = address.rfind(*mark)?;
        Some(at + mark.len_utf8())
    });
    end.and_then(|end| address.get(..end)).unwrap_or_default().to_owned()
}

/// Digits in a row that are somebody's number: from a mobile telephone's on.
const NUMBER: usize = 11;

fn numbers(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut shown = String::new();
    for run in letters.chunk_by(|a, b| a.is_ascii_digit() && (b.is_ascii_digit() || matches!(b, 'X' | 'x'))) {
        let run: String = run.iter().collect();
        let number = run.chars().filter(char::is_ascii_digit).count() >= NUMBER;
        shown += &if number { ends(&run, 0, 4) } else { run };
    }
    shown
}

/// Shorter numbers keep a third at each end.
fn ends(text: &str, first: usize, last: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let third = letters.len() / 3;
    let (first, last) =
        if letters.len() > first + last { (first, last) } else { (first.min(third), last.min(third)) };
    let hidden = letters.len() - first - last;
    letters.iter().enumerate().map(|(i, c)| if i < first || i >= first + hidden { *c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_identifies_is_hidden() {
        let table = [
            (Data::IdNo, Place::List, "621099194203150014", "621099********0014"),
            (Data::IdNo, Place::Page, "621099194203150014", "621099********0014"),
            (Data::IdNo, Place::Slip, "E1234", "E***4"),
            (Data::IdNo, Place::Ledger, "621099194203150014", "6****************4"),
            (Data::IdNo, Place::Notice, "621099194203150014", ""),
            (Data::IdNo, Place::List, "", ""),
            (Data::Phone, Place::List, "13800005678", "138****5678"),
            (Data::Phone, Place::Slip, "0900-6210120", "090*****0120"),
            (Data::Phone, Place::Page, "13800005678", "13800005678"),
            (Data::Phone, Place::Notice, "13800005678", ""),
            (Data::Account, Place::Page, "6228480000000000018", "***************0018"),
            (Data::Account, Place::Notice, "6228480000000000018", ""),
            (Data::Name, Place::List, "王一", "王一"),
            (Data::Name, Place::Notice, "王一", "王*"),
            (Data::Name, Place::Notice, "欧阳明珠", "欧阳**"),
            (Data::Name, Place::Notice, "买买提·吐尔逊", "买买提·***"),
            (Data::Address, Place::List, "上塬村三组17号", "上塬村三组"),
            (Data::Address, Place::List, "幸福小区2号楼", ""),
            (Data::Address, Place::List, "上塬村三组17号；上塬村二组6号", "上塬村三组；上塬村二组"),
            (Data::Address, Place::Slip, "上塬村三组17号", "上塬村三组17号"),
            (Data::Text, Place::Page, "户主62109919420315001X，3口人", "户主**************001X，3口人"),
        ];
        for (data, place, text, shown) in table {
            assert_eq!(data.at(place, text), shown, "{data:?} at {place:?}");
        }
    }

    #[test]
    fn nothing_goes_into_a_log_and_no_number_on_a_wall() {
        for data in Data::ALL {
            assert_eq!(data.shown(Place::Log), Shown::Nothing, "{data:?}");
        }
        for data in [Data::IdNo, Data::Phone, Data::Account, Data::Text] {
            assert_eq!(data.shown(Place::Notice), Shown::Nothing, "{data:?}");
        }
    }
}
