-- What the hub holds: feeds of entries, which it never interprets, and the devices that may bring and fetch them.

CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    county TEXT NOT NULL,
    hub BLOB NOT NULL,
    -- one life of this store; a store restored from a backup takes a new one
    store INTEGER NOT NULL,
    -- whether the store has had an earlier life
    restored INTEGER NOT NULL DEFAULT 0,
    -- grows with every run stored, also beyond a restore
    moment INTEGER NOT NULL,
    -- of the hub's own feed
    incarnation INTEGER NOT NULL
) STRICT;

CREATE TABLE unit (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    period INTEGER NOT NULL,
    device BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    -- of a branch: the chain hash at its first entry, and the number of the entry that this one follows; '' and 0 for a feed
    branch BLOB NOT NULL,
    after INTEGER NOT NULL,
    -- the chain hash before its first entry
    origin BLOB NOT NULL,
    -- last entry, which is also the last checkpoint (or where branches begin), and the chain hash there
    n INTEGER NOT NULL,
    chain BLOB NOT NULL,
    -- when it moved last
    moment INTEGER NOT NULL,
    UNIQUE (unit, kind, period, device, incarnation, branch)
) STRICT;

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL REFERENCES feed,
    n INTEGER NOT NULL,
    -- what the header names; NULL for none
    document BLOB,
    header BLOB NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (feed, n)
) STRICT;
CREATE INDEX entry_of_document ON entry (document) WHERE document IS NOT NULL;

CREATE TABLE checkpoint (
    feed INTEGER NOT NULL REFERENCES feed,
    n INTEGER NOT NULL,
    chain BLOB NOT NULL,
    signature BLOB NOT NULL,
    -- when it was stored: what was held at an earlier moment can be told
    moment INTEGER NOT NULL,
    PRIMARY KEY (feed, n)
) STRICT, WITHOUT ROWID;

-- A projection of the enrolments in the hub's own feed.
CREATE TABLE device (
    device BLOB PRIMARY KEY,
    unit TEXT NOT NULL,
    key BLOB NOT NULL,
    tag TEXT NOT NULL,
    spare_tag TEXT NOT NULL,
    -- hash of the code that it was enrolled with
    code BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Codes given out. Which of them are spent stands in `device`.
CREATE TABLE code (
    code BLOB PRIMARY KEY,
    unit TEXT NOT NULL,
    -- role identifiers, separated by spaces
    roles TEXT NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
