use super::{
    case::{Opened, held},
    events::payload,
    open_matter,
};
use crate::{Desk, Trouble, form, paper};
use daiban_contract::{Code, ask::CheckForm, view::FormCheckView};
use daiban_domain::{
    Instant, UnitCode,
    case::{Event, deadlines::deadlines},
    deadline::says_full_day,
    mask::{Data, Place},
};
use daiban_exchange::mark::{self, Marked};
use daiban_replica::{
    Replica, ReplicaError,
    public::{enrolment, unit},
    today,
};
use jiff::civil::Date;
use rusqlite::Connection;
use serde_json::Value;

impl Desk {
    /// Whether a paper is genuine, and what has become since of what it is of.
    pub fn check_form(&self, request: CheckForm, now: Instant) -> Result<FormCheckView, Trouble> {
        self.with(|replica| {
            let Some(marked) = Marked::read(&request.text) else {
                return Err(Trouble::new(Code::BadInput, UNSIGNED));
            };
            let mark = &marked.mark;
            let keys = enrolment::keys(replica.db(), mark.tag())?;
            let signed = keys.into_iter().find(|(.., key)| marked.signed_by(key));
            let of = mark.subject.split('-').find_map(|part| part.parse::<UnitCode>().ok());
            let concerns = |unit: UnitCode| match mark.form.as_str() {
                paper::CARD => of.is_some_and(|of| unit.covers(of)),
                _ => of.is_none_or(|of| unit.covers(of) || of.covers(unit)),
            };
            let mut view = FormCheckView {
                genuine: false,
                name: paper::name(&mark.form).unwrap_or_else(|| form::name(&mark.form)).to_owned(),
                form: mark.form.clone(),
                case_no: mark.subject.clone(),
                number: mark.serial.clone(),
                on: mark.on,
                unit_name: String::new(),
                state: None,
                says: Vec::new(),
            };
            match signed {
                Some((unit, device, _)) if concerns(unit) => {
                    view.genuine = true;
                    view.unit_name =
                        unit::find(replica.db(), unit)?.map(|unit| unit.full_name).unwrap_or_default();
                    match (mark.form.as_str(), of) {
                        (paper::CARD, Some(of)) => {
                            since_card(replica.db(), of, today(replica.db(), now)?, &mut view)?;
                        }
                        (paper::VISIT, _) => since_visit(replica.db(), &mut view)?,
                        _ => since(replica, &marked, device == replica.identity().device, &mut view)?,
                    }
                }
                _ => view.says.push(FORGED.to_owned()),
            }
            Ok(view)
        })
    }
}

const UNSIGNED: &str = "这个二维码没有完整的签名，不能查验：预览、办事指南、评价单上的没有签名。文书上的请重新扫描，或把二维码里的字整段粘贴进来。";
const FORGED: &str =
    "签名对不上：不是本县管这一件的单位登记的设备打印的，或者内容被改过。请留下原件，向出具单位核实。";

/// What has become of the case, as far as is known here.
fn since(replica: &Replica, marked: &Marked, own: bool, view: &mut FormCheckView) -> Result<(), Trouble> {
    let db = replica.db();
    let Some(opened) = held(db, &marked.mark.subject)? else {
        view.says.push("二维码是本县的设备签的。这台电脑上没有这一件，看不到内容和后来的情况。".to_owned());
        return Ok(());
    };
    view.state = Some(opened.folded.state);
    let papers: Vec<&Event> = opened.case.events.iter().filter(|event| event.paper.is_some()).collect();
    let paper_of =
        |event: &Event| event.paper.clone().filter(|paper| is_marked(&paper.form, &paper.number, marked));
    let Some((printed, name)) = papers.iter().find_map(|event| Some((paper_of(event)?, payload(event))))
    else {
        if own {
            // It would have been recorded in the same transaction.
            view.genuine = false;
            view.says.push("二维码是这台电脑签的，可是没有这份文书的打印记录。请向出具单位核实。".to_owned());
        } else {
            view.says.push("二维码是本县的设备签的，打印记录还没有同步到这台电脑。".to_owned());
        }
        return Ok(());
    };
    view.number.clone_from(&printed.number);
    if let Some(name) = name.get("name").and_then(Value::as_str) {
        name.clone_into(&mut view.name);
    }
    let again = papers.iter().filter_map(|event| paper_of(event)).map(|paper| paper.copy).max().unwrap_or(1);
    let copies = if again > 1 { format!("，补打过 {} 次", again - 1) } else { String::new() };
    view.says.push(format!("二维码是真的，{} 打印{copies}。", says_full_day(view.on)));
    // Only the code is signed: a code can be copied on to another sheet.
    let name = Data::Name.at(Place::Notice, opened.case.field("applicant.name"));
    view.says
        .push(format!("请对照纸面：申请人 {name}，事项“{}”，编号 {}。", opened.item.name, printed.number));
    if contested(&opened, printed.act) {
        view.says.push("文书写的这一步和别的记录有争议，还没有定下来。".to_owned());
    } else if !form::holds(&opened, &printed.form, printed.act) {
        view.says.push("文书写的这一步后来又重新办过，以后面的文书为准。".to_owned());
    }
    let all = deadlines(&opened.folded, &opened.item, &opened.calendar, &opened.settings);
    for moved in all.iter().filter(|deadline| deadline.running && deadline.told.is_some()) {
        let by = says_full_day(moved.due.date);
        view.says.push(format!("{}期限和最近一次打印的不一样，现在是 {by}。", moved.clock.zh()));
    }
    view.says.push(format!("这一件现在是“{}”。", opened.folded.state.zh()));
    Ok(())
}

/// Whose card it may be.
fn since_card(
    db: &Connection,
    of: UnitCode,
    today: Date,
    view: &mut FormCheckView,
) -> Result<(), ReplicaError> {
    view.number.clear();
    view.says.push(format!("二维码是真的，{} 打印。", says_full_day(view.on)));
    let unit = unit::find(db, of)?.map_or_else(|| of.to_string(), |unit| unit.full_name);
    let agents = paper::agents(db, of, today)?;
    let names = agents.iter().map(|agent| agent.name(db)).collect::<Result<Vec<_>, _>>()?;
    view.says.push(match names.as_slice() {
        [] => format!("这是{unit}的卡。那里现在没有登记在岗的代办员，请问乡镇便民服务中心。"),
        names => {
            format!("这是{unit}的卡。那里现在在岗的代办员：{}。卡上是别人的，已经不算。", names.join("、"))
        }
    });
    Ok(())
}

fn since_visit(db: &Connection, view: &mut FormCheckView) -> Result<(), Trouble> {
    view.number.clone_from(&view.case_no);
    view.says.push(format!("二维码是真的，{} 打印。", says_full_day(view.on)));
    match open_matter(db, &view.case_no) {
        Ok(opened) => {
            let matter = &opened.record.matter;
            let asked = says_full_day(matter.asked_on);
            view.says.push(format!(
                "请对照纸面：{}，{asked} 提出，编号 {}。",
                matter.kind.zh(),
                view.case_no
            ));
            view.says.push(format!("这一件现在是“{}”。", opened.folded.state.zh()));
        }
        Err(trouble) if matches!(trouble.code(), Code::UnknownMatter | Code::Archived | Code::Erased) => {
            view.says.push("这台电脑上没有这个来访事项，看不到内容和后来的情况。".to_owned());
        }
        Err(trouble) => return Err(trouble),
    }
    Ok(())
}

fn is_marked(form: &str, number: &str, marked: &Marked) -> bool {
    form.eq_ignore_ascii_case(&marked.mark.form)
        && mark::serial(number).as_deref() == Some(marked.mark.serial.as_str())
}

fn contested(opened: &Opened, act: daiban_domain::EventId) -> bool {
    let placed = &opened.folded.placed;
    placed.iter().any(|placed| opened.case.events[placed.event].id == act && placed.contested.is_some())
}
