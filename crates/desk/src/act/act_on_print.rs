use crate::{Desk, Trouble, printer::queue};
use daiban_contract::{
    Code,
    act::{ActOnPrint, PrintAct},
    ask,
    view::PrintsView,
};
use daiban_domain::Instant;
use daiban_replica::printer::{cancel, prints};

impl Desk {
    /// Does something about a job of this desk. What was recorded as printed stays recorded: a number isn't given out twice.
    pub fn act_on_print(&self, request: ActOnPrint, now: Instant) -> Result<PrintsView, Trouble> {
        let all = self.with(|replica| Ok(prints(replica.db(), Instant(i64::MIN))?))?;
        let print = all.into_iter().find(|print| print.id == request.id && !print.job.is_empty());
        let print = print.ok_or_else(|| Trouble::new(Code::BadInput, "这台电脑没有这个打印任务。"))?;
        let (done, refused) = match request.act {
            PrintAct::Again => {
                (queue::again(&print.job), "打印系统没有留着这份文件，没有重打。打开办件，补打一份。")
            }
            PrintAct::LetGo => {
                (queue::let_go(&print.job), "打印系统没有放行这个任务。请看看打印机开了没有。")
            }
            PrintAct::Cancel => (queue::cancel(&print.job), "打印系统没有取消，这份可能已经打完了。"),
        };
        if !done {
            return Err(Trouble::new(Code::PrinterRefused, refused));
        }
        if request.act != PrintAct::LetGo {
            let cancelled = request.act == PrintAct::Cancel;
            self.with(|replica| {
                replica.commit(now, |writing| Ok::<_, Trouble>(cancel(writing, print.id, cancelled)?))
            })?;
        }
        self.prints(ask::Prints {}, now)
    }
}
