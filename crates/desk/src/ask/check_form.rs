use super::case::{Opened, held};
use crate::{Desk, Trouble, form};
use daiban_contract::{Code, ask::CheckForm, view::FormCheckView};
use daiban_domain::{
    Instant,
    case::{Event, deadlines::deadlines},
    deadline::says_full_day,
};
use daiban_exchange::mark::{self, Marked};
use daiban_replica::{
    Replica,
    public::{enrolment, unit},
};

impl Desk {
    /// Whether a paper is genuine, and what has become of its case since.
    pub fn check_form(&self, request: CheckForm, _: Instant) -> Result<FormCheckView, Trouble> {
        self.with(|replica| {
            let Some(marked) = Marked::read(&request.text) else {
                let message = "这不是一份完整的文书二维码。请重新扫描，或把二维码里的文字整段粘贴进来；预览没有签名，不能查验。";
                return Err(Trouble::new(Code::BadInput, message));
            };
            let mark = &marked.mark;
            let keys = enrolment::keys(replica.db(), mark.tag())?;
            let signed = keys.into_iter().find(|(.., key)| marked.signed_by(key));
            let unit_name = match &signed {
                Some((unit, ..)) => unit::find(replica.db(), *unit)?.map(|unit| unit.full_name).unwrap_or_default(),
                None => String::new(),
            };
            let mut view = FormCheckView {
                genuine: signed.is_some(),
                name: form::name(&mark.form).to_owned(),
                form: mark.form.clone(),
                case_no: mark.case_no.clone(),
                number: mark.serial.clone(),
                on: mark.on,
                unit_name,
                state: None,
                says: Vec::new(),
            };
            if view.genuine { since(replica, &marked, &mut view)? } else { view.says.push(FORGED.to_owned()) }
            Ok(view)
        })
    }
}

const FORGED: &str = "签名对不上：不是本县已登记的设备打印的，或者内容被改过。请留下原件，向出具单位核实。";

/// What has become of the case, as far as is known here.
fn since(replica: &Replica, marked: &Marked, view: &mut FormCheckView) -> Result<(), Trouble> {
    let db = replica.db();
    let Some(opened) = held(db, &marked.mark.case_no)? else {
        view.says.push("文书是真的。这台电脑上没有这一件，看不到后来的情况。".to_owned());
        return Ok(());
    };
    view.state = Some(opened.folded.state);
    let papers: Vec<&Event> = opened.case.events.iter().filter(|event| event.paper.is_some()).collect();
    let paper_of =
        |event: &Event| event.paper.clone().filter(|paper| is_marked(&paper.form, &paper.number, marked));
    let Some(printed) = papers.iter().find_map(|event| paper_of(event)) else {
        view.says.push("文书是真的，打印记录还没有同步到这台电脑。".to_owned());
        return Ok(());
    };
    view.number.clone_from(&printed.number);
    let again = papers.iter().filter_map(|event| paper_of(event)).map(|paper| paper.copy).max().unwrap_or(1);
    let copies = if again > 1 { format!("，补打过 {} 次", again - 1) } else { String::new() };
    view.says.push(format!("文书是真的，{} 打印{copies}。", says_full_day(view.on)));
    if contested(&opened, printed.act) {
        view.says.push("文书写的这一步和别的记录有争议，还没有定下来。".to_owned());
    } else if form::earned(&opened).iter().all(|earned| earned.act != printed.act) {
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

fn is_marked(form: &str, number: &str, marked: &Marked) -> bool {
    form.eq_ignore_ascii_case(&marked.mark.form)
        && mark::serial(number).as_deref() == Some(marked.mark.serial.as_str())
}

fn contested(opened: &Opened, act: daiban_domain::EventId) -> bool {
    let placed = &opened.folded.placed;
    placed.iter().any(|placed| opened.case.events[placed.event].id == act && placed.contested.is_some())
}
