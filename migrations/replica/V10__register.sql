-- What rosters say of residents beside name, number and where to find them.
ALTER TABLE resident ADD COLUMN sex TEXT NOT NULL DEFAULT '';
-- as the number tells it, or else the roster
ALTER TABLE resident ADD COLUMN birth TEXT NOT NULL DEFAULT '';
ALTER TABLE resident ADD COLUMN household TEXT NOT NULL DEFAULT '';
ALTER TABLE resident ADD COLUMN relation TEXT NOT NULL DEFAULT '';
-- a hash of the roster's row that was taken last: the same row again changes nothing
ALTER TABLE resident ADD COLUMN roster_row BLOB;

-- Entries of the register that people say are one person. Each pair once, by the earlier of the two documents.
CREATE TABLE resident_link (
    -- document.id
    id INTEGER NOT NULL,
    -- a document.document
    other BLOB NOT NULL,
    PRIMARY KEY (id, other)
) STRICT, WITHOUT ROWID;

-- A calendar's row by its document: of two documents for one year the later counts, whichever arrives first.
DROP TABLE calendar;
CREATE TABLE calendar (
    -- document.id
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    source TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;
