use super::authority::countys_clerk;
use crate::{Desk, Trouble};
use daiban_contract::{
    Code,
    act::ImportCalendar,
    view::{CalendarImported, MovedDue},
};
use daiban_domain::{Instant, calendar::Publication};
use daiban_exchange::Partition;
use daiban_replica::{
    case::dues,
    document::{Edit, kind},
    public::calendar,
};

impl Desk {
    pub fn import_calendar(
        &self,
        request: ImportCalendar,
        now: Instant,
    ) -> Result<CalendarImported, Trouble> {
        let text = std::fs::read_to_string(&request.file).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => {
                Trouble::new(Code::BadCalendar, "日历文件不是 UTF-8 文本。请另存为 UTF-8 再导入。")
            }
            _ => Trouble::file(error),
        })?;
        self.with(|replica| {
            countys_clerk(replica, "工作日历要由县中心汇总员来公布")?;
            let Publication { source, years } = Publication::from_json(&text)
                .map_err(|reason| Trouble::new(Code::BadCalendar, reason.to_string()))?;
            replica.commit(now, |writing| {
                let (before, published) = (calendar::load(writing.db())?, calendar::in_force(writing.db())?);
                let due_before = dues(writing.db())?;
                let (mut new, mut unchanged) = (Vec::new(), Vec::new());
                for (year, content) in &years {
                    let known = published.get(&i64::from(*year));
                    if known.is_some() && before.year(*year) == Some(content) {
                        unchanged.push(*year);
                        continue;
                    }
                    new.push(*year);
                    let said = |edit: &mut Edit<'_>| calendar::put(edit, *year, &source, content);
                    match known {
                        Some(_) if !request.replace => return Err(already_published(*year)),
                        Some(table) => {
                            let mut document = writing.load(table.document)?;
                            writing.edit(&mut document, said)?;
                        }
                        None => {
                            let county = Partition::public(writing.identity().county);
                            writing.create(county, kind::CALENDAR, said)?;
                        }
                    }
                }
                let due_now = dues(writing.db())?;
                let moved: Vec<MovedDue> = due_now
                    .into_iter()
                    .filter_map(|(case_no, due)| {
                        let was = *due_before.get(&case_no)?;
                        (was != due).then_some(MovedDue { case_no, was, due })
                    })
                    .collect();
                let says = says(&new, moved.len());
                Ok(CalendarImported { years: new, unchanged, moved, says })
            })
        })
    }
}

fn already_published(year: i16) -> Trouble {
    let message = format!(
        "{year} 年的放假安排已经公布过，和这份不一样，什么都没有改。确实要改，请选择替换（--replace）再导入。"
    );
    Trouble::new(Code::AlreadyPublished, message)
}

fn says(years: &[i16], moved: usize) -> String {
    let named: Vec<String> = years.iter().map(i16::to_string).collect();
    match (years.is_empty(), moved) {
        (true, _) => "和已公布的一样，什么都没有改。".to_owned(),
        (false, 0) => format!("公布了 {} 年的放假安排，办件的期限没有变动。", named.join("、")),
        (false, moved) => format!("公布了 {} 年的放假安排，{moved} 件的期限有变动。", named.join("、")),
    }
}
