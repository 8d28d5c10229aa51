-- Photos and scans, which the hub looks into as little as into entries.

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    -- BLAKE3 of the bytes
    hash BLOB NOT NULL UNIQUE,
    -- 32 bytes for each chunk, see exchange/src/attachment/leaves.rs
    leaves BLOB NOT NULL,
    -- chunks there are, and chunks held, from the first on
    chunks INTEGER NOT NULL,
    held INTEGER NOT NULL
) STRICT;

CREATE TABLE chunk (
    attachment INTEGER NOT NULL REFERENCES attachment,
    n INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (attachment, n)
) STRICT;

-- What this store has said last, in its own feeds, of what it holds whole for the readers of a partition.
CREATE TABLE holding (
    hash BLOB NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    period INTEGER NOT NULL,
    held INTEGER NOT NULL,
    -- of the entry
    hlc INTEGER NOT NULL,
    PRIMARY KEY (hash, unit, kind, period)
) STRICT, WITHOUT ROWID;
