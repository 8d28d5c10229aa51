-- Photos and scans. The bytes are truth, like the feeds; which case refers to them and who else holds them follows from
-- documents and entries.

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    -- BLAKE3 of the bytes
    hash BLOB NOT NULL UNIQUE,
    -- 32 bytes for each chunk, see exchange/src/attachment/leaves.rs
    leaves BLOB NOT NULL,
    -- chunks there are, and chunks held, from the first on
    chunks INTEGER NOT NULL,
    held INTEGER NOT NULL,
    -- let go here, because the county holds it; not fetched again by itself
    purged INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE chunk (
    attachment INTEGER NOT NULL REFERENCES attachment,
    n INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (attachment, n)
) STRICT;

-- What documents refer to.
CREATE TABLE attached (
    -- document.id
    document INTEGER NOT NULL,
    hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    -- who put it there
    device BLOB NOT NULL,
    -- 1: held here and not by the county, 2: the other way round, 0: neither; see attachment/owed.sql
    owed INTEGER NOT NULL,
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX attached_by_hash ON attached (hash);
CREATE INDEX attached_owed ON attached (owed, size) WHERE owed > 0;

-- Who has said last of an attachment that it holds it whole for the readers of a partition, or not.
CREATE TABLE holding (
    hash BLOB NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    period INTEGER NOT NULL,
    device BLOB NOT NULL,
    held INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    -- the holder's clock
    at INTEGER NOT NULL,
    PRIMARY KEY (hash, unit, kind, period, device)
) STRICT, WITHOUT ROWID;

-- What is set at this device alone.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
