-- What the pages query: a pure function of entries and documents, written in the same transaction, rebuilt at will.

CREATE TABLE device (
    device BLOB PRIMARY KEY,
    unit TEXT NOT NULL,
    name TEXT NOT NULL,
    key BLOB NOT NULL,
    -- age's notation of an X25519 key: bundles are sealed to it
    recipient TEXT NOT NULL,
    tag TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    person BLOB PRIMARY KEY,
    unit TEXT NOT NULL,
    name TEXT NOT NULL,
    -- role identifiers, separated by spaces
    roles TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
    code TEXT PRIMARY KEY,
    full_name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    level TEXT NOT NULL,
    uscc TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    complaint_phone TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE item (
    item_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- of the publication that it came with
    catalogue TEXT NOT NULL,
    -- of the official name and the everyday name
    initials TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (item_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar (
    year INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;

CREATE TABLE resident (
    -- document.id
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL,
    name TEXT NOT NULL,
    id_type TEXT NOT NULL,
    id_no TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;

CREATE TABLE case_row (
    -- document.id
    id INTEGER PRIMARY KEY,
    case_no TEXT NOT NULL,
    unit TEXT NOT NULL,
    item_id TEXT NOT NULL,
    item_version INTEGER NOT NULL,
    -- 0: the item's content hasn't arrived yet, the state is what it was before any event
    item_known INTEGER NOT NULL,
    state TEXT NOT NULL,
    channel TEXT NOT NULL,
    registered_on TEXT NOT NULL,
    applicant_name TEXT NOT NULL,
    id_no TEXT NOT NULL,
    phone TEXT NOT NULL,
    -- the running clock that ends first
    clock TEXT,
    clock_start TEXT,
    due TEXT,
    due_provisional INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    incomplete INTEGER NOT NULL
) STRICT;
-- Every index costs a save one more encrypted page. Numbers are found through the search index.
CREATE INDEX case_by_day ON case_row (registered_on);
CREATE INDEX case_by_due ON case_row (due) WHERE due IS NOT NULL;

-- Names and numbers of cases and residents, as tokens made by search.rs; a row is a document.id. What a row's tokens were
-- is told by the row itself, so nothing of them is kept twice.
CREATE VIRTUAL TABLE search USING fts5 (name, numbers, content = '', columnsize = 0, tokenize = 'unicode61');
