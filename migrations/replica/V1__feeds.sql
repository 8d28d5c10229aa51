-- Who this replica is, and what it holds: feeds of entries. These tables are the truth; all others follow from them.

CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    county TEXT NOT NULL,
    unit TEXT NOT NULL,
    device BLOB NOT NULL,
    device_name TEXT NOT NULL,
    incarnation INTEGER NOT NULL,
    tag TEXT NOT NULL,
    spare_tag TEXT NOT NULL,
    person BLOB NOT NULL,
    recipient TEXT NOT NULL,
    hub_url TEXT NOT NULL,
    hub BLOB NOT NULL,
    hub_key BLOB NOT NULL,
    -- which file this was when it was written last: another file with these bytes is a copy or a restored backup
    place TEXT NOT NULL DEFAULT ''
) STRICT;

-- What every act moves, on one page: `hlc` (the clock's last stamp), `anchor` (the latest hub-signed time), and the
-- last serial of each of this incarnation's series of case and document numbers.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The last exchange, if it failed.
CREATE TABLE failure (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at INTEGER NOT NULL,
    message TEXT NOT NULL
) STRICT;

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
    -- the chain hash before its first entry; NULL for a branch that has only been heard of
    origin BLOB,
    -- last entry and the chain hash there
    n INTEGER NOT NULL,
    chain BLOB NOT NULL,
    -- last checkpoint; others are sent the feed up to here
    signed_n INTEGER NOT NULL,
    signed_chain BLOB NOT NULL,
    -- bytes of entries behind the last checkpoint
    unsigned_bytes INTEGER NOT NULL,
    -- what the county held at its last receipt: 0 and NULL for nothing
    hub_n INTEGER NOT NULL DEFAULT 0,
    hub_chain BLOB,
    -- how far that is the same as what is held here
    county_n INTEGER NOT NULL,
    -- how far a device of a township has signed that it holds the same
    township_n INTEGER NOT NULL DEFAULT 0,
    -- the automerge actor that this feed named last
    actor BLOB,
    UNIQUE (unit, kind, period, device, incarnation, branch)
) STRICT;

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    document BLOB NOT NULL,
    -- `case`, `resident`, `unit`, `item`, `calendar`, a newer program's, or '' before its first change is here
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    partition_kind TEXT NOT NULL,
    -- an entry of one partition says nothing of a document of another, whatever id it names: a row for each
    period INTEGER NOT NULL
) STRICT;
CREATE INDEX document_by_id ON document (document);

CREATE TABLE entry (
    -- in order of arrival: every save touches the same last page
    id INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL REFERENCES feed,
    n INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    document INTEGER REFERENCES document,
    -- held and counted, but its content can't count: the number of the reason, see document/registers.rs
    withheld INTEGER NOT NULL,
    header BLOB NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (feed, n)
) STRICT;
CREATE INDEX entry_of_document ON entry (document, id);

CREATE TABLE checkpoint (
    feed INTEGER NOT NULL REFERENCES feed,
    n INTEGER NOT NULL,
    chain BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (feed, n)
) STRICT, WITHOUT ROWID;

-- The county's last receipt, as signed, and the root that it signed for.
CREATE TABLE receipt (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    time INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    root BLOB NOT NULL
) STRICT;

-- What other devices held by their last signed word, a bundle's or a relay's: what goes back to them is what they lack.
CREATE TABLE peer (
    device BLOB PRIMARY KEY,
    unit TEXT NOT NULL,
    time INTEGER NOT NULL,
    vector BLOB NOT NULL
) STRICT, WITHOUT ROWID;
