use super::authority::countys_clerk;
use crate::{Desk, Trouble, ask};
use daiban_contract::{
    Code,
    act::{Erase, Personal},
    view::Erased,
};
use daiban_domain::{
    Instant, UnitCode,
    case::deadlines::deemed_accepted,
    check,
    erasure::{Ground, erasable, matter_erasable, rating_erasable},
};
use daiban_replica::{
    document::Writing,
    matter::MatterRecord,
    rating::{self, RatingRecord},
    resident, today,
};

impl Desk {
    pub fn erase(&self, request: Erase, now: Instant) -> Result<Erased, Trouble> {
        self.with(|replica| {
            countys_clerk(replica, "删除令要由县中心汇总员来下")?;
            let what = replica.commit(now, |writing| match &request.what {
                Personal::Case { case_no } => {
                    let opened = ask::open(writing.db(), case_no)?;
                    let ask::Opened { case, item, folded, calendar, settings } = &opened;
                    let silent = deemed_accepted(folded, item, calendar, settings, today(writing.db(), now)?);
                    erasable(&case.events, silent)?;
                    // Whoever asked for it may have rated it.
                    for record in rating::of_case(writing.db(), case.document)? {
                        erase_rating(writing, &record, request.ground, now)?;
                    }
                    writing.erase(case.document, request.ground, case_no)?;
                    Ok::<_, Trouble>("这个办件的内容")
                }
                Personal::Matter { matter_no } => {
                    let ask::OpenedMatter { record, .. } = ask::open_matter(writing.db(), matter_no)?;
                    matter_erasable(&record.matter, &record.events)?;
                    writing.erase(record.document, request.ground, matter_no)?;
                    Ok("这个来访事项的内容")
                }
                Personal::Rating { id } => {
                    let unknown = || Trouble::new(Code::BadInput, "没有这个评价。请核对评价的编号。");
                    let record = rating::find(writing.db(), *id)?.ok_or_else(unknown)?;
                    erase_rating(writing, &record, request.ground, now)?;
                    Ok("这个评价的内容")
                }
                Personal::Resident { unit, id_no } => {
                    erase_resident(writing, *unit, id_no, request.ground)?;
                    Ok("这个人的居民登记")
                }
            })?;
            Ok(Erased {
                says: format!(
                    "已下删除令（{}）：{what}在本机已经删除，其他设备下次同步或导入时删除。",
                    request.ground.zh()
                ),
            })
        })
    }
}

fn erase_rating(
    writing: &mut Writing<'_>,
    record: &RatingRecord,
    ground: Ground,
    now: Instant,
) -> Result<(), Trouble> {
    let checked = match rating::ticket(writing.db(), record.id)? {
        Some(ticket) => MatterRecord::load(writing.db(), ticket.matter)?,
        None => None,
    };
    let acts = checked.map(|matter| matter.events).unwrap_or_default();
    rating_erasable(record.rating.rated_on, &acts, today(writing.db(), now)?)?;
    writing.erase(record.document, ground, "")?;
    Ok(())
}

/// All entries under the number, the same person may have been entered twice, and what was said of them across registers.
fn erase_resident(
    writing: &mut Writing<'_>,
    unit: UnitCode,
    id_no: &str,
    ground: Ground,
) -> Result<(), Trouble> {
    let entries = resident::of_number(writing.db(), unit, id_no)?;
    if entries.is_empty() {
        let message = "这个村的居民登记里没有这个证件号。请核对单位和证件号。";
        return Err(Trouble::new(Code::UnknownResident, message));
    }
    let siblings = entries.iter().any(|entry| entry.resident.name != entries[0].resident.name);
    if check::id_temporary(id_no) && siblings {
        let message =
            "这个临时号码是几个孩子共用的，不知道要删除哪一个。请先给各人登记正式号码，再按号码删除。";
        return Err(Trouble::new(Code::NotAllowed, message));
    }
    for entry in entries {
        for said in resident::link::about(writing.db(), entry.document)? {
            writing.erase(said, ground, "")?;
        }
        writing.erase(entry.row, ground, "")?;
    }
    Ok(())
}
