use crate::{Desk, Trouble, act::device_keeper};
use daiban_contract::{ask, view::BreachView};
use daiban_domain::{DeviceId, Instant};
use daiban_replica::{
    Replica,
    revocation::{self, Known},
};

impl Desk {
    /// Whose data lay on a device: how many people, and of what kind.
    pub fn breach(&self, request: ask::Breach, _: Instant) -> Result<BreachView, Trouble> {
        self.with(|replica| Ok(breach_of(replica, request.device)?.0))
    }
}

/// With those whom it affects.
pub(crate) fn breach_of(replica: &Replica, device: DeviceId) -> Result<(BreachView, Vec<Known>), Trouble> {
    device_keeper(replica)?;
    let device = super::device(replica, device)?;
    let people = revocation::known_to(replica.db(), device.unit)?;
    let sum = |of: fn(&Known) -> u64| people.iter().map(of).sum::<u64>();
    let residents = sum(|known| u64::from(known.resident));
    let applicants = sum(|known| u64::from(known.cases > 0));
    let (cases, with_photos) = (sum(|known| known.cases), sum(|known| known.with_photos));
    let mut kinds = vec!["姓名", "证件号码", "联系电话", "住址"];
    kinds.extend((cases > 0).then_some("申请事项及表单内容（可能含健康、低保、银行账号等敏感信息）"));
    kinds.extend((with_photos > 0).then_some("材料照片或扫描件"));
    let count = people.len();
    let view = BreachView {
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
        file: None,
    };
    Ok((view, people))
}
