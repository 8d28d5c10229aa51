use daiban_exchange::sealed::SealError;

/// What can go wrong with a replica. No variant carries personal data.
#[derive(Debug, thiserror::Error)]
pub enum ReplicaError {
    #[error("database")]
    Database(#[from] rusqlite::Error),
    #[error("the database is damaged, or the key doesn't fit")]
    Damaged(#[source] rusqlite::Error),
    #[error("migrating the database")]
    Migration(#[from] refinery::Error),
    /// Whatever else people call a file may name somebody.
    #[error("a file that ends in .{}", .path.extension().unwrap_or_default().display())]
    File {
        path: std::path::PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the database already exists")]
    Exists,
    #[error("there is no database here")]
    Absent,
    #[error("the key file can't be read")]
    KeyFile,
    #[error("the key is locked with a password")]
    PasswordMissing,
    #[error("wrong password")]
    WrongPassword,
    #[error("nobody has a password: the county alone opens the key")]
    CountyAlone,
    #[error("another program has the folder open")]
    InUse,
    #[error(transparent)]
    NoRandomness(#[from] daiban_exchange::key::NoRandomness),
    #[error("document row {0} isn't held here")]
    NoDocument(i64),
    #[error("what is being written doesn't fit its document: {0:?}")]
    Unfit(crate::document::Unfit),
    #[error("a stored entry can't be decoded")]
    Stored(#[from] minicbor::decode::Error),
    #[error("a stored value is not what it should be: {0}")]
    Column(&'static str),
    #[error("a published document can't be read")]
    Published(#[from] serde_json::Error),
    #[error("the serials of the day are used up")]
    SerialsSpent,
}

impl From<SealError> for ReplicaError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Closed => Self::WrongPassword,
            SealError::Malformed => Self::KeyFile,
            SealError::NoRandomness(none) => none.into(),
        }
    }
}

impl ReplicaError {
    /// The database file is damaged, or no database.
    pub fn damaged(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match self {
            Self::Damaged(_) | Self::KeyFile => true,
            Self::Database(error) => {
                matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
            }
            _ => false,
        }
    }

    /// The disk is full, or a quota or a stick's limit is reached: nothing was written, and it can be tried again. SQLite
    /// calls a full disk by its name, a quota a failed write, and either so where it can't make room for the log's index.
    pub fn disk_full(&self) -> bool {
        match self {
            Self::Database(error) => Self::full(error),
            Self::File { source, .. } => no_room(source),
            _ => false,
        }
    }

    pub(crate) fn full(error: &rusqlite::Error) -> bool {
        use rusqlite::ffi::{SQLITE_FULL, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE};
        let code = error.sqlite_error().map(|failure| failure.extended_code);
        matches!(code, Some(SQLITE_FULL | SQLITE_IOERR_WRITE | SQLITE_IOERR_SHMSIZE))
    }
}

/// Whether a file couldn't be written for want of room.
pub fn no_room(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}
