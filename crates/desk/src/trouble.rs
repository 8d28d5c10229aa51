//! From what went wrong below to what a person is told.

use daiban_contract::{Code, Failure};
use daiban_domain::{
    Instant,
    case::{correction::NotYours, transition::Refusal},
    erasure::Statutory,
};
use daiban_exchange::{client::ClientError, request::HubRefusal, wire::Older};
use daiban_forms::FormError;
use daiban_hub::HubError;
use daiban_replica::{
    ReplicaError,
    backup::{BackupError, Broken},
    no_room,
};
use std::error::Error;

/// A failure and its cause. The sentence goes to the person, the chain of causes into the log.
#[derive(Debug)]
pub struct Trouble {
    failure: Failure,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Trouble {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { failure: Failure::new(code, message), cause: None }
    }

    pub fn because(mut self, cause: impl Error + Send + Sync + 'static) -> Self {
        self.cause = Some(Box::new(cause));
        self
    }

    pub fn code(&self) -> Code {
        self.failure.code
    }

    pub fn message(&self) -> &str {
        &self.failure.message
    }

    /// A file that can't be read or written.
    pub fn file(error: std::io::Error) -> Self {
        let trouble = if no_room(&error) {
            disk_full()
        } else {
            Self::new(Code::File, "文件读不出或写不进。请检查路径、权限和磁盘，再试一次。")
        };
        trouble.because(error)
    }

    /// A table that can't be read or written; its error says in Chinese what is wrong.
    pub fn sheet(error: daiban_sheet::SheetError) -> Self {
        let message = error.to_string();
        match error {
            // Its words quote the sheet's name.
            daiban_sheet::SheetError::Astray { .. } => Self::new(Code::File, message),
            error => Self::new(Code::File, message).because(error),
        }
    }
}

impl Trouble {
    /// The same trouble in other words.
    pub(crate) fn saying(mut self, message: &str) -> Self {
        self.failure.message = message.to_owned();
        self
    }

    /// The same trouble, where several cases are at hand.
    pub(crate) fn about(self, case_no: &str) -> Self {
        let message = format!("{case_no}：{}整批都没有办。", self.failure.message);
        self.saying(&message)
    }

    /// The same trouble on the line to a township's relay.
    pub(crate) fn at_township(self) -> Self {
        match self.cause.as_deref().and_then(|cause| cause.downcast_ref::<ClientError>()) {
            Some(ClientError::Unreachable(_)) => self.saying(
                "连不上镇上的电脑。数据都在本机，不会丢。请问一下镇上：电脑开着没有，转接开着没有，地址对不对。",
            ),
            Some(ClientError::TurnedAway(_)) => {
                self.saying("镇上的电脑不认这台电脑的证书。数据都在本机，请先和县中心同步一次，再试。")
            }
            Some(ClientError::Stranger(_)) => self.saying(STRANGER_AT_TOWNSHIP),
            Some(ClientError::NoHub | ClientError::Answer(_)) => {
                self.saying("这个地址上没有代办通的转接，没有送出任何数据。请向镇上核对地址。")
            }
            _ => self,
        }
    }
}

pub(crate) const STRANGER_AT_TOWNSHIP: &str = "这个地址上的电脑不是本乡镇的，或本机还没有听说过它，没有送出任何数据。请核对地址，或先和县中心同步一次。";

fn disk_full() -> Trouble {
    Trouble::new(Code::DiskFull, "磁盘满了，或超出了配额，这一步没有保存，先前的都在。请腾出空间后再做一次。")
}

/// Logs the causes and keeps the sentence.
impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        if let Some(cause) = &trouble.cause {
            let mut chain = says(&**cause);
            let mut next = cause.source();
            while let Some(error) = next {
                chain = format!("{chain}: {}", says(error));
                next = error.source();
            }
            tracing::warn!(code = ?trouble.failure.code, cause = chain, "request failed");
        }
        trouble.failure
    }
}

/// serde's own words quote what was read.
fn says(error: &(dyn Error + 'static)) -> String {
    match error.downcast_ref::<serde_json::Error>() {
        Some(error) => {
            format!("JSON, {:?} in line {} column {}", error.classify(), error.line(), error.column())
        }
        None => error.to_string(),
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self { failure, cause: None }
    }
}

impl From<ReplicaError> for Trouble {
    fn from(error: ReplicaError) -> Self {
        let trouble = match &error {
            error if error.disk_full() => disk_full(),
            error if error.damaged() => Self::new(
                Code::DatabaseDamaged,
                "数据库打不开：文件损坏，或密钥不对。请不要删除任何文件，用最近的备份恢复，或联系县中心。",
            ),
            ReplicaError::PasswordMissing => locked(),
            ReplicaError::InUse => Self::new(
                Code::InUse,
                "另一个窗口或程序正开着这台设备的数据，没有改动。请先关掉它，再试一次。",
            ),
            ReplicaError::CountyAlone => Self::new(
                Code::Locked,
                "这份数据备份的时候没有人设过密码，只有县中心能打开。请用 daiban user forgot 写一个文件，请县中心答复。",
            ),
            ReplicaError::WrongPassword => Self::new(Code::WrongPassword, "密码不对。请再输一次。"),
            ReplicaError::File { .. } => {
                Self::new(Code::File, "文件读不出或写不进。请检查路径、权限和磁盘。")
            }
            ReplicaError::Exists => {
                Self::new(Code::AlreadyEnrolled, "这个数据文件夹已经属于一台登记过的设备，不能再次登记。")
            }
            ReplicaError::SerialsSpent => {
                Self::new(Code::NotAllowed, "今天的编号用完了（9999 个）。请换一台设备登记。")
            }
            _ => Self::new(
                Code::Internal,
                "程序内部出错，这一步没有保存，先前的都在。请再试一次；还不行，请联系技术人员。",
            ),
        };
        trouble.because(error)
    }
}

impl From<BackupError> for Trouble {
    fn from(error: BackupError) -> Self {
        let trouble = match error {
            BackupError::Replica(error) => return error.into(),
            BackupError::Shelf(error) => {
                let (code, message) = if no_room(&error) {
                    (
                        Code::DiskFull,
                        "备份用的 U 盘或文件夹满了，这次没有备份成，先前的备份都在。请腾出空间或换一个，再备份一次。",
                    )
                } else {
                    (
                        Code::File,
                        "备份用的 U 盘或文件夹读不出或写不进。请检查它插好没有、写保护开没开，再试一次。先前的备份没有动。",
                    )
                };
                return Self::new(code, message).because(error);
            }
            BackupError::None => {
                Self::new(Code::BadBackup, "这里没有代办通的备份。请指到备份的文件夹，或插着的 U 盘。")
            }
            BackupError::Several => Self::new(
                Code::BadBackup,
                "这里有几台设备的备份。请写明是哪一台：指到其中一个 daiban-backup- 开头的文件夹。",
            ),
            BackupError::NoneThen => {
                Self::new(Code::BadBackup, "那个时间以前没有备份。请换一个晚一些的时间。")
            }
            BackupError::Broken(kept, what) => {
                let what = match what {
                    Broken::Manifest => "清单坏了",
                    Broken::Newer => "是更新版本的程序做的，请先更新本机程序",
                    Broken::Missing => "少了一块",
                    Broken::Block => "有一块坏了",
                    Broken::Keys => "密钥不对",
                };
                let (number, time) = (kept.number, kept.time);
                let before = Instant(time.0 - 1);
                let message = format!(
                    "第 {number} 份备份（{time}）用不了：{what}。什么都没有改动。可以用更早的一份：daiban restore --at {before}。"
                );
                Self::new(Code::BadBackup, message)
            }
            BackupError::Unlike => Self::new(
                Code::BadBackup,
                "备份写上去了，读回来核对不上，不能算数。U 盘可能坏了，请换一个再备份一次。先前的备份没有动。",
            ),
            BackupError::Unsound => Self::new(
                Code::DatabaseDamaged,
                "这台电脑上的数据库有损坏，备份没有做成。请不要删除先前的备份，马上同步一次，再联系县中心。",
            ),
            BackupError::Restless => {
                Self::new(Code::InUse, "另一个程序一直占着数据，这次没有备份成。请过一会儿再备份一次。")
            }
            BackupError::Busy => Self::new(Code::InUse, "这台设备正在备份或恢复，等它做完。"),
            BackupError::Stopped => {
                Self::new(Code::Locked, "备份做到一半锁上了，没有做完。打开以后再备份一次。")
            }
            BackupError::OtherKey => Self::new(
                Code::NotAllowed,
                "这个数据文件夹里还有以前的密钥文件，没有恢复，什么都没有动。请换一个空的数据文件夹。",
            ),
        };
        trouble.because(error)
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        let code = match &refusal {
            Refusal::UnknownEvent { .. } => Code::UnknownEvent,
            Refusal::NoRole { .. } => Code::NoRole,
            _ => Code::NotAllowed,
        };
        Self::new(code, refusal.to_string())
    }
}

impl From<NotYours> for Trouble {
    fn from(refusal: NotYours) -> Self {
        let code = if refusal == NotYours::NoRole { Code::NoRole } else { Code::NotAllowed };
        Self::new(code, refusal.to_string())
    }
}

impl From<Statutory> for Trouble {
    fn from(kept: Statutory) -> Self {
        Self::new(Code::StatutoryRecord, kept.to_string())
    }
}

impl From<FormError> for Trouble {
    fn from(error: FormError) -> Self {
        let code =
            if matches!(error, FormError::GlyphMissing { .. }) { Code::GlyphMissing } else { Code::Internal };
        Self::new(code, error.to_string())
    }
}

impl From<ClientError> for Trouble {
    fn from(error: ClientError) -> Self {
        let trouble = match &error {
            ClientError::Unreachable(_) => Self::new(
                Code::HubUnreachable,
                "连不上县中心。数据都在本机，网一通会自动送，也可以稍后再点同步。",
            ),
            ClientError::Address => Self::new(
                Code::HubWrong,
                "这不是服务器地址。地址要写成 https://10.0.0.5:7621 这样，请照县中心给的抄一遍。",
            ),
            ClientError::Plain => Self::new(
                Code::HubWrong,
                "http:// 开头的地址不加密，没有送出任何数据。请把地址改成 https:// 开头；这台电脑登记时用的就是 http:// 的话，请先用 U 盘把记录交给县中心，再要一个新的登记码重新登记。",
            ),
            ClientError::NoCertificate => Self::new(
                Code::HubWrong,
                "这台电脑登记得早，还没有加密用的证书，没有送出任何数据。请先用 U 盘把记录交给县中心，再要一个新的登记码重新登记。",
            ),
            ClientError::Stranger(_) => Self::new(
                Code::HubWrong,
                "这个地址上的服务器不是本县的，可能有人在线路上冒充，没有送出任何数据。请核对地址，并告诉县中心。",
            ),
            ClientError::TurnedAway(_) => Self::new(
                Code::HubRefused,
                "县中心不认这台电脑的证书。数据都在本机，请先用 U 盘交给县中心，并联系县中心重新登记设备。",
            ),
            ClientError::Tls(_) => Self::new(
                Code::Internal,
                "加密线路没有设成，没有送出任何数据。请再试一次；还不行，请联系技术人员。",
            ),
            ClientError::Refused(HubRefusal::TooOften) => Self::new(
                Code::HubRefused,
                "县中心这会儿收到的请求太多，或登记码错了太多次。数据都在本机，请过几分钟再试。",
            ),
            ClientError::NoHub | ClientError::Answer(_) => {
                Self::new(Code::HubWrong, "这个地址上不是代办通的县中心服务。请核对地址。")
            }
            ClientError::Refused(HubRefusal::WrongCounty) => wrong_county(),
            ClientError::Refused(HubRefusal::BadCode) => {
                Self::new(Code::BadCode, "登记码不对、已用过或已过期。请向县中心要一个新的。")
            }
            ClientError::NoCommonProtocol(Older::Asker) => Self::new(
                Code::HubRefused,
                "县中心的程序已经更新，本机的版本太旧，说不到一起。数据都在本机，请先更新本机程序。",
            ),
            ClientError::NoCommonProtocol(Older::Holder) => Self::new(
                Code::HubRefused,
                "县中心的程序比本机旧，说不到一起。数据都在本机，请等县中心更新后再同步。",
            ),
            ClientError::Refused(HubRefusal::Protocol) => {
                Self::new(Code::HubRefused, "县中心和本机的程序版本对不上。数据都在本机，请先更新程序。")
            }
            ClientError::Refused(HubRefusal::UnknownDevice) => {
                Self::new(Code::HubRefused, "县中心不认识这台设备。数据都在本机，请联系县中心重新登记设备。")
            }
            ClientError::Refused(HubRefusal::NotAllowed) => Self::new(
                Code::NotAllowed,
                "县中心不给这台电脑办这件事：只有乡镇和县的电脑能给本单位和下级单位要登记码。",
            ),
            ClientError::Refused(_) => {
                Self::new(Code::HubRefused, "县中心没有收下这次同步。数据都在本机，请稍后再试。")
            }
        };
        trouble.because(error)
    }
}

pub(crate) fn locked() -> Trouble {
    Trouble::new(Code::Locked, "这台设备锁着，请先输入密码。")
}

pub(crate) fn wrong_county() -> Trouble {
    Trouble::new(Code::WrongCounty, "这是别的县的服务器，没有送出任何数据。请核对县中心地址。")
}

impl From<HubError> for Trouble {
    fn from(error: HubError) -> Self {
        Self::new(Code::Internal, "县中心的数据打不开或写不进。").because(error)
    }
}
