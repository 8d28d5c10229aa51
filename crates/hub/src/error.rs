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
    #[error("不认识这台设备")]
    UnknownDevice,
    #[error(transparent)]
    NoRandomness(#[from] daiban_exchange::key::NoRandomness),
}

impl HubError {
    /// What scripts branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Database(_) | Self::Migration(_) | Self::Stored(_) | Self::NoRandomness(_) => "internal",
            Self::Damaged(_) | Self::KeyFile => "database-damaged",
            Self::File { .. } => "file",
            Self::Exists => "not-empty",
            Self::Absent => "not-initialised",
            Self::UnknownUnit(_) => "unknown-unit",
            Self::BadCode => "bad-code",
            Self::TagsSpent => "tags-spent",
            Self::Protocol => "protocol",
            Self::UnknownDevice => "unknown-device",
        }
    }
}
