use crate::{
    Desk, Trouble,
    act::{access, device_keeper},
};
use daiban_contract::{ask, view::BreachView};
use daiban_domain::{Instant, access::What};
use daiban_replica::revocation::{self, Known};
use daiban_sheet::Table;
use std::path::Path;

impl Desk {
    /// Whose data lay on a device: how many people, and, where a file is asked for, who. That the list was written is recorded.
    pub fn breach(&self, request: ask::Breach, now: Instant) -> Result<BreachView, Trouble> {
        self.with(|replica| {
            device_keeper(replica)?;
            let device = super::device(replica, request.device)?;
            let people = revocation::known_to(replica.db(), device.unit)?;
            let sum = |of: fn(&Known) -> u64| people.iter().map(of).sum::<u64>();
            let residents = sum(|known| u64::from(known.resident));
            let applicants = sum(|known| u64::from(known.cases > 0));
            let (cases, with_photos) = (sum(|known| known.cases), sum(|known| known.with_photos));
            let mut kinds = vec!["姓名", "证件号码", "联系电话", "住址"];
            kinds.extend((cases > 0).then_some("申请事项及表单内容（可能含健康、低保、银行账号等敏感信息）"));
            kinds.extend((with_photos > 0).then_some("材料照片或扫描件"));
            let file = match &request.file {
                Some(file) => {
                    let access = access(What::Affected, device.device, "", people.len());
                    let file = Path::new(file);
                    let listed = replica.commit(now, |writing| {
                        writing.record_access(&access)?;
                        list(file, &people)
                    });
                    if listed.is_err() {
                        let _ = std::fs::remove_file(file);
                    }
                    Some(listed?)
                }
                None => None,
            };
            let count = people.len();
            Ok(BreachView {
                people: count as u64,
                residents,
                applicants,
                cases,
                with_photos,
                kinds: kinds.into_iter().map(str::to_owned).collect(),
                says: format!(
                    "“{}”上存有 {count} 人的个人信息（居民登记 {residents} 人，办件申请人 {applicants} 人、{cases} 件）。数据是加密保存的，没有密码打不开。按《个人信息保护法》第五十七条，发生或可能发生泄露的，应当立即补救，并通知主管部门和本人。",
                    device.name
                ),
                device,
                file,
            })
        })
    }
}

/// Writes whom to tell.
fn list(file: &Path, people: &[Known]) -> Result<String, Trouble> {
    let heading = ["姓名", "证件号码", "联系电话", "住址", "居民登记", "办件数", "有照片的办件"];
    let rows = people.iter().map(|known| {
        vec![
            known.name.clone(),
            known.id_no.clone(),
            known.phone.clone(),
            known.address.clone(),
            if known.resident { "是" } else { "否" }.to_owned(),
            known.cases.to_string(),
            known.with_photos.to_string(),
        ]
    });
    let lines = std::iter::once(heading.map(str::to_owned).to_vec()).chain(rows);
    let table = Table::from_lines("受影响人员", (1..).zip(lines));
    let written = daiban_sheet::write(&[table], file);
    let written = written.map_err(Trouble::sheet)?;
    Ok(written.first().map(|file| file.display().to_string()).unwrap_or_default())
}
