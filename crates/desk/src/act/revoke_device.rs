use super::authority::device_keeper;
use crate::{Desk, Trouble, ask};
use daiban_contract::{
    Code,
    act::{ReviewHeld, RevokeDevice},
    view::{DeviceView, HeldView},
};
use daiban_domain::Instant;
use daiban_replica::revocation;

impl Desk {
    /// From here on it only brings what it holds; nothing that it has written before is touched.
    pub fn revoke_device(&self, request: RevokeDevice, now: Instant) -> Result<DeviceView, Trouble> {
        self.with(|replica| {
            device_keeper(replica)?;
            let device = ask::device(replica, request.device)?;
            if device.here {
                let message = "不能在这台电脑上注销它自己。请在本单位另一台电脑或上级单位的电脑上注销。";
                return Err(Trouble::new(Code::NotAllowed, message));
            }
            if request.since.is_some_and(|since| since > now) {
                let message = "“从什么时候起”不能是将来。请填写设备离开自己人手里的时间。";
                return Err(Trouble::new(Code::BadInput, message));
            }
            let accepted = revocation::heads(replica.db(), request.device, request.since)?;
            replica.commit(now, |writing| writing.revoke(request.device, accepted, request.ground))?;
            ask::device(replica, request.device)
        })
    }

    /// All that is held of one document counts, or is left aside.
    pub fn review_held(&self, request: ReviewHeld, now: Instant) -> Result<Vec<HeldView>, Trouble> {
        self.with(|replica| {
            device_keeper(replica)?;
            let unknown = || Trouble::new(Code::BadInput, "没有待审核的这条记录。请刷新后再选一次。");
            let row = revocation::document(replica.db(), request.document)?.ok_or_else(unknown)?;
            replica.commit(now, |writing| writing.review(row, request.accept))?;
            Ok(ask::held_here(replica)?)
        })
    }
}
