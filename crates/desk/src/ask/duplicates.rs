//! The same person entered twice, and the same request made twice (DOMAIN §11, scenario 4).

use super::{Opened, names::Names, open_row, residents::resident_rows};
use crate::{Desk, Trouble, capacity::Capacities};
use daiban_contract::{
    Code, ask,
    view::{
        AlikeKind, AlikePeople, BriefCase, DuplicateCases, DuplicateKind, DuplicateView, DuplicatesView,
        ResidentRow,
    },
};
use daiban_domain::{
    Instant, Role,
    case::{
        duplicate::{Duplicate, Receipt, first_survives, voidable},
        transition,
    },
    check,
    deadline::says_full_day,
    mask::{Data, Place},
    resident::{Likeness, same_name},
};
use daiban_replica::{
    Replica, ReplicaError,
    case::{self, Brief, CaseRecord, Pair},
    document, resident, today,
};
use rusqlite::Connection;

/// What fits on a page.
const PAGE: u32 = 50;

impl Desk {
    pub fn duplicates(&self, request: ask::Duplicates, now: Instant) -> Result<DuplicatesView, Trouble> {
        self.with(|replica| {
            let db = replica.db();
            let limit = if request.limit == 0 { PAGE } else { request.limit };
            let (cases_total, pairs) = case::duplicates(db, limit as usize)?;
            let mut cases = Vec::new();
            for pair in &pairs {
                if let Some(twice) = Twice::of(db, pair)? {
                    cases.push(beside(replica, &twice, now)?);
                }
            }
            let (people_total, people_open, alike) = resident::alike(db, limit)?;
            let ids: Vec<_> = alike.iter().flat_map(|alike| [alike.one, alike.other]).collect();
            let mut rows = resident_rows(db, &ids)?.into_iter();
            let people = alike.iter().filter_map(|alike| {
                let (one, other) = (rows.next()?, rows.next()?);
                side_by_side(alike.likeness, one, other)
            });
            Ok(DuplicatesView { cases_total, cases, people_total, people_open, people: people.collect() })
        })
    }
}

/// Two cases that look like one request, opened, the one that goes on first.
struct Twice {
    pub keep: Opened,
    pub other: Opened,
    pub duplicate: Duplicate,
    /// One number under two names: one of them is wrong, and nothing is to be voided before that is put right.
    pub two_names: bool,
}

impl Twice {
    /// `None` while the item of one of them hasn't arrived.
    fn of(db: &Connection, pair: &Pair) -> Result<Option<Self>, Trouble> {
        let known = |row| match open_row(db, row) {
            Ok(opened) => Ok(Some(opened)),
            Err(trouble) if trouble.code() == Code::UnknownItem => Ok(None),
            Err(trouble) => Err(trouble),
        };
        let (Some(one), Some(other)) = (known(pair.one)?, known(pair.other)?) else { return Ok(None) };
        let two_names = two_names(&one.case, &other.case);
        let first = first_survives(&receipt(db, &one)?, &receipt(db, &other)?);
        let (keep, other) = if first { (one, other) } else { (other, one) };
        Ok(Some(Self { keep, other, duplicate: pair.duplicate, two_names }))
    }

    fn kind(&self) -> DuplicateKind {
        match self.duplicate {
            Duplicate::Open => DuplicateKind::Open,
            Duplicate::Again => DuplicateKind::Again,
        }
    }

    /// What it is and what to do, as seen from one of the two.
    fn says(&self, seen_from: Option<&Opened>) -> String {
        let (keep, other) = match seen_from {
            None => {
                let named = |opened: &Opened| format!("办件 {} ", opened.case.case_no);
                (named(&self.keep), named(&self.other))
            }
            Some(own) if own.case.document == self.keep.case.document => {
                ("这一件".to_owned(), "那一件".to_owned())
            }
            Some(_) => ("那一件".to_owned(), "这一件".to_owned()),
        };
        if self.two_names {
            return "证件号码相同、姓名不同。先对照证件，更正写错的一件，再看是不是重复申请。".to_owned();
        }
        match self.duplicate {
            Duplicate::Again => {
                let basis = self.other.item.repeat_limit.as_ref().or(self.keep.item.repeat_limit.as_ref());
                let basis = basis.map(|limit| format!("（{}）", limit.basis)).unwrap_or_default();
                format!(
                    "本年度已经申请过一次。同一事由一个自然年度只办一次{basis}。请对照两件的事由，事由不同的照常办理。"
                )
            }
            Duplicate::Open if !voidable(self.other.folded.state) => {
                "两件都已经受理，不能作废。请核对后由申请人撤回一件，或由审批人终止一件。".to_owned()
            }
            Duplicate::Open => {
                let why = match (voidable(self.keep.folded.state), self.keep.folded.received_on) {
                    (false, _) => "已经受理".to_owned(),
                    (true, Some(day)) => format!("{}收件在先", says_full_day(day)),
                    (true, None) => "登记在先".to_owned(),
                };
                format!("{keep}{why}，留用；{other}由中心主任作废，缺的材料转过去。")
            }
        }
    }
}

fn receipt(db: &Connection, opened: &Opened) -> Result<Receipt, ReplicaError> {
    Ok(Receipt {
        state: opened.folded.state,
        received_on: opened.folded.received_on,
        registered_on: opened.case.registered_on,
        document: document::identify(db, opened.case.document)?.0,
    })
}

/// Whether two cases give two names to one number: a slip of the pen, two papers of one number, or children of one birth.
fn two_names(one: &CaseRecord, other: &CaseRecord) -> bool {
    one.field("applicant.idNo") == other.field("applicant.idNo")
        && !same_name(one.field("applicant.name"), other.field("applicant.name"))
}

/// The other cases that look like the same request, as a case's page shows them.
pub(crate) fn duplicates_of(db: &Connection, own: &Opened) -> Result<Vec<DuplicateView>, Trouble> {
    let names = Names { db };
    let mut views = Vec::new();
    for pair in case::duplicates_of(db, &own.case)? {
        let Some(twice) = Twice::of(db, &pair)? else { continue };
        let own_is_kept = twice.keep.case.document == own.case.document;
        let there = if own_is_kept { &twice.other } else { &twice.keep };
        views.push(DuplicateView {
            kind: twice.kind(),
            case_no: there.case.case_no.clone(),
            unit_name: names.unit(there.case.unit)?,
            state_name: there.folded.state.zh().to_owned(),
            keep: !own_is_kept,
            says: twice.says(Some(own)),
        });
    }
    Ok(views)
}

fn beside(replica: &Replica, twice: &Twice, now: Instant) -> Result<DuplicateCases, Trouble> {
    let db = replica.db();
    let brief = |opened: &Opened| -> Result<BriefCase, ReplicaError> {
        let case = case::brief(db, opened.case.document)?.ok_or(ReplicaError::Column("case"))?;
        brief_case(db, &case, Some(opened))
    };
    let blocked = match twice.duplicate {
        Duplicate::Again => "事由不同的可以再申请一次，不作废。".to_owned(),
        Duplicate::Open if twice.two_names => "先更正写错的号码或姓名。".to_owned(),
        Duplicate::Open => not_voidable(replica, &twice.other, now)?,
    };
    Ok(DuplicateCases {
        kind: twice.kind(),
        item_name: twice.keep.item.name.clone(),
        says: twice.says(None),
        blocked,
        keep: brief(&twice.keep)?,
        other: brief(&twice.other)?,
    })
}

/// Why the person here can't void a case now; empty if they can.
fn not_voidable(replica: &Replica, opened: &Opened, now: Instant) -> Result<String, Trouble> {
    let (db, identity) = (replica.db(), replica.identity());
    let today = today(db, now)?;
    let capacities = Capacities::of(db, identity.person, &opened.item.item_id, (today, today))?;
    let setting = case::setting(&opened.case, &opened.item);
    let may = |roles: &[Role]| {
        transition::find(opened.folded.state, "void", roles, identity.unit.level(), &setting)
    };
    Ok(capacities.choose(may).err().map(|trouble| trouble.message().to_owned()).unwrap_or_default())
}

/// A case as it is shown beside another; of one that has left with its year only the row.
pub(super) fn brief_case(
    db: &Connection,
    brief: &Brief,
    opened: Option<&Opened>,
) -> Result<BriefCase, ReplicaError> {
    let item = daiban_replica::public::item::version(db, &brief.item_id, brief.item_version)?;
    let received = |opened: &Opened| {
        let came = |code: &str| opened.case.received(code) != (0, 0);
        let materials = opened.item.materials.iter().filter(|material| came(&material.material_code));
        materials.map(|material| material.name.clone()).collect::<Vec<_>>()
    };
    let reason = |opened: &Opened| {
        let limit = opened.item.repeat_limit.as_ref();
        limit.map(|limit| opened.case.field(&format!("fields.{}", limit.reason_field)).to_owned())
    };
    let photos = |opened: &Opened| {
        opened.case.attachments.iter().filter(|attached| !attached.attachment.removed).count() as u64
    };
    Ok(BriefCase {
        case_no: brief.case_no.clone(),
        unit: brief.unit,
        unit_name: Names { db }.unit(brief.unit)?,
        item_name: item.map_or_else(|| brief.item_id.clone(), |item| item.name.clone()),
        state: brief.state,
        state_name: brief.state.zh().to_owned(),
        applicant_name: brief.applicant_name.clone(),
        id_no: Data::IdNo.at(Place::List, &brief.id_no),
        registered_on: brief.registered_on,
        received_on: opened.and_then(|opened| opened.folded.received_on),
        reason: opened.and_then(reason).unwrap_or_default(),
        materials: opened.map(received).unwrap_or_default(),
        photos: opened.map(photos).unwrap_or_default(),
    })
}

fn side_by_side(likeness: Likeness, one: ResidentRow, other: ResidentRow) -> Option<AlikePeople> {
    let (kind, says) = match likeness {
        Likeness::Contradiction => (
            AlikeKind::Contradiction,
            "证件号码相同、姓名不同：有一处写错了，程序不合并。请对照证件，更正写错的姓名或号码；核实是同一个人（如改过名），或号码确实重了，写明理由定下来。",
        ),
        Likeness::SameName => {
            (AlikeKind::SameName, "姓名和出生日期相同，没有两个号码可以对照。请核对是不是同一个人。")
        }
        Likeness::AlikeName => (
            AlikeKind::AlikeName,
            "出生日期相同，姓名读音或字形相近，没有两个号码可以对照。请核对是不是同一个人、姓名有没有写错。",
        ),
        Likeness::Namesake | Likeness::Different => return None,
        Likeness::Same => (AlikeKind::Same, "证件号码和姓名相同，按同一个人处理，各处的住址都留着。"),
    };
    Some(AlikePeople { kind, one, other, says: says.to_owned() })
}

/// How much of it there is: pairs of cases, and pairs of people that somebody has to look at.
pub(super) fn counts(db: &Connection) -> Result<(u64, u64), ReplicaError> {
    Ok((case::duplicates(db, 0)?.0, resident::alike(db, 0)?.1))
}

/// Why a case can't go on in another's place.
pub(crate) fn unfit_survivor(db: &Connection, voided: &Opened, surviving: &Opened) -> Result<(), Trouble> {
    let bad = |message: &str| Err(Trouble::new(Code::BadInput, message));
    if voided.case.document == surviving.case.document {
        return bad("作废的和留用的是同一件。请核对两个办件编号。");
    }
    if voided.case.item_id != surviving.case.item_id {
        return bad("两件不是同一个事项，不是重复申请。");
    }
    let (one, other) = (voided.case.field("applicant.idNo"), surviving.case.field("applicant.idNo"));
    let linked = one == other || resident::numbers_linked(db, one, other)?;
    if one.is_empty() || !linked {
        return bad("两件的证件号码不一样，不能按重复申请作废。确实是同一个人的，先关联两处的居民登记。");
    }
    if two_names(&voided.case, &surviving.case) {
        return bad(if check::id_temporary(one) {
            "临时号码相同、姓名不同：是同胞的几个孩子，不是重复申请。"
        } else {
            "证件号码相同、姓名不同。先对照证件，更正写错的一件。"
        });
    }
    let state = surviving.folded.state;
    if state.settled() || state.came_to_nothing() {
        let message = format!("留用的办件现在是“{}”，不能接着办。请核对两个办件编号。", state.zh());
        return Err(Trouble::new(Code::NotAllowed, message));
    }
    Ok(())
}

/// Whether it is the other of the two that was received first.
pub(crate) fn received_later(
    db: &Connection,
    surviving: &Opened,
    voided: &Opened,
) -> Result<bool, ReplicaError> {
    Ok(!first_survives(&receipt(db, surviving)?, &receipt(db, voided)?))
}
