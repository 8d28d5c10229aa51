use crate::{Desk, Trouble, wording};
use daiban_contract::{
    ask,
    view::{Finding, VerifyView},
};
use daiban_domain::Instant;
use daiban_replica::verify::Fault;

impl Desk {
    pub fn verify(&self, _: ask::Verify, _: Instant) -> Result<VerifyView, Trouble> {
        self.with(|replica| {
            let findings: Vec<Finding> = replica.verify()?.iter().map(finding).collect();
            Ok(VerifyView { ok: findings.is_empty(), findings })
        })
    }
}

pub(super) fn finding(fault: &Fault) -> Finding {
    let (code, message) = match fault {
        Fault::Database(line) => ("database", format!("数据库文件有损坏：{line}。请用备份恢复。")),
        Fault::Chain { feed, first, last } => {
            let place = wording::stretch(*first, *last);
            ("chain", format!("{place}被改过、换过次序或少了，和签名对不上：{feed}。请联系县中心。"))
        }
        Fault::Signature { feed, n } => ("signature", format!("第 {n} 条的签名不对：{feed}。请联系县中心。")),
        Fault::Short { feed, first, last } => {
            let place = wording::stretch(*first, *last);
            ("short", format!("{place}县中心签收过，本机却没有了：{feed}。请联系县中心。"))
        }
        Fault::Deposited { feed, n } => (
            "deposited",
            format!("第 {n} 条以前和县中心签收的不一样，是后来重写重签的：{feed}。请联系县中心。"),
        ),
        Fault::Receipt => ("receipt", "县中心的签收凭据被改过。请联系县中心。".to_owned()),
        Fault::Accesses => ("accesses", "留痕清单和原始记录对不上，清单被改过。请重建列表。".to_owned()),
        Fault::Withheld { feed, n, reason } => {
            let why = wording::unfit(*reason);
            ("withheld", format!("第 {n} 条没有算进来（{why}）：{feed}。已通知填写的人，其余的都收好了。"))
        }
        Fault::Waiting { feed, n } => {
            ("waiting", format!("第 {n} 条要等它前面的记录到了才算：{feed}。其余的都收好了。"))
        }
        Fault::Erased { feed, n } => {
            ("erased", format!("第 {n} 条的内容不在了，却没有删除令：{feed}。请联系县中心。"))
        }
        Fault::Attachment { hash } => {
            ("attachment", format!("一张照片的内容坏了：{hash}。请联系县中心，从别的设备再取。"))
        }
        Fault::Lost { hash } => {
            ("attachment-lost", format!("本机添的一张照片找不到了，县中心也没有：{hash}。请重新拍一张。"))
        }
        Fault::Projection => ("projection", "列表和原始记录对不上。请重建列表。".to_owned()),
    };
    Finding { code: code.to_owned(), message }
}
