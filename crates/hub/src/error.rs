use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum HubError {
    #[error("数据库读写出错。请检查磁盘空间和权限")]
    Database(#[from] rusqlite::Error),
    #[error("数据库打不开：文件损坏，或密钥不对。请不要删除任何文件，用备份恢复")]
    Damaged(#[source] rusqlite::Error),
    #[error("数据库升级出错")]
    Migration(#[from] refinery::Error),
    #[error("文件 {path} 读不出或写不进")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("这个文件夹里已经有一个县中心，没有改动")]
    Exists,
    #[error("这个文件夹里没有县中心。请先运行 daiban-hub init")]
    Absent,
    #[error("密钥文件读不懂")]
    KeyFile,
    #[error("本县没有代码为 {0} 的单位")]
    UnknownUnit(daiban_domain::UnitCode),
    #[error("登记码不对、已用过或已过期")]
    BadCode,
    #[error("这个单位的设备标记用完了")]
    TagsSpent,
    #[error("保存的内容读不懂：{0}")]
    Stored(&'static str),
    #[error("程序版本对不上")]
    Protocol,
    #[error("请求读不懂")]
    Frame,
    #[error("不认识这台设备")]
    UnknownDevice,
    #[error("这台设备不能要这样的登记码")]
    NotAllowed,
    #[error("{0} 和上级单位都还没有登记过的设备，没有人能打开这个文件")]
    NoRecipient(daiban_domain::UnitCode),
    #[error("{}", bundle_says(.0))]
    Bundle(#[source] daiban_exchange::bundle::BundleError),
    #[error("{}", application_says(.0))]
    Application(#[from] daiban_exchange::enrolment::file::FileError),
    #[error("{0} 年还没有过完，不能封存")]
    YearOpen(u16),
    #[error("备份读回来不完整，没有留下。请检查备份盘，原有的备份都在")]
    BackupUnsound,
    #[error("这个县已经有证书机构，没有改动")]
    CaExists,
    #[error("这个县还没有证书机构。请先运行 daiban-hub ca init")]
    CaAbsent,
    #[error("根密钥不在这里。请把收好的根密钥文件夹插上，用 --root 指出来")]
    RootKeyAway,
    #[error("根密钥的口令不对")]
    CaPassword,
    #[error("证书没有签成")]
    Certificate(#[from] rcgen::Error),
    #[error("密钥文件打不开")]
    Sealed(#[from] daiban_exchange::sealed::SealError),
    #[error("加密线路没有设成")]
    Tls(#[from] rustls::Error),
    #[error(transparent)]
    NoRandomness(#[from] daiban_exchange::key::NoRandomness),
}

impl HubError {
    /// What scripts branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Database(_)
            | Self::Migration(_)
            | Self::Stored(_)
            | Self::Certificate(_)
            | Self::Tls(_)
            | Self::NoRandomness(_) => "internal",
            Self::Damaged(_) | Self::KeyFile | Self::Sealed(_) => "database-damaged",
            Self::File { .. } => "file",
            Self::Exists | Self::CaExists => "not-empty",
            Self::CaAbsent => "no-authority",
            Self::RootKeyAway => "root-key-away",
            Self::CaPassword => "wrong-password",
            Self::Absent => "not-initialised",
            Self::UnknownUnit(_) => "unknown-unit",
            Self::BadCode => "bad-code",
            Self::NotAllowed => "not-allowed",
            Self::TagsSpent => "tags-spent",
            Self::Frame | Self::Application(_) => "bad-input",
            Self::Protocol => "protocol",
            Self::UnknownDevice => "unknown-device",
            Self::NoRecipient(_) => "no-recipient",
            Self::Bundle(_) => "bad-bundle",
            Self::YearOpen(_) => "year-open",
            Self::BackupUnsound => "backup-unsound",
        }
    }
}

fn bundle_says(error: &daiban_exchange::bundle::BundleError) -> &'static str {
    use daiban_exchange::bundle::BundleError;
    match error {
        BundleError::NoBundle => "这不是代办通的导出文件，没有导入",
        BundleError::NotForUs => "这个文件不是给县中心的，打不开，没有导入",
        BundleError::Damaged => "文件坏了，没有导入。请在原来的设备上重新导出一次",
        BundleError::Newer => "这个文件是更新版本的程序做的，没有导入。请先更新县中心的程序",
        BundleError::OtherCounty => "这是别的县的文件，没有导入",
        BundleError::UnknownSender => "不认识做这个文件的设备，或签名不对，没有导入",
        BundleError::Sealing => "文件没有做成，请再试一次",
    }
}

fn application_says(error: &daiban_exchange::enrolment::file::FileError) -> &'static str {
    use daiban_exchange::enrolment::file::FileError;
    match error {
        FileError::Other => "这不是登记申请，什么都没有做。请选那台电脑存在 U 盘上的申请文件",
        FileError::Damaged => "登记申请坏了，什么都没有做。请在那台电脑上重新存一次",
        FileError::Newer => "这份登记申请是更新版本的程序做的，什么都没有做。请先更新县中心的程序",
    }
}
