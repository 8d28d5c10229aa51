-- Entries that came together lie packed together: a row for each costs encrypted pages, by far the most of what storing them takes.

CREATE TABLE stretch (
    id INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL REFERENCES feed,
    -- numbers of its first and of its last entry
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    -- the array of entries, in a frame (exchange/src/wire.rs)
    entries BLOB NOT NULL,
    UNIQUE (feed, last)
) STRICT;

-- In which stretches a document may have entries. Their headers tell whether it has: what went on to a branch leaves its row behind.
CREATE TABLE document (
    document BLOB NOT NULL,
    stretch INTEGER NOT NULL,
    PRIMARY KEY (document, stretch)
) STRICT, WITHOUT ROWID;

-- Each entry of before is a stretch of its own, in a plain frame: one entry of three fields, each with four bytes of length.
INSERT INTO stretch (id, feed, first, last, entries)
SELECT id, feed, n, n, CAST(
    x'008183'
    || x'5a' || unhex(printf('%08x', length(header))) || header
    || x'5a' || unhex(printf('%08x', length(body))) || body
    || coalesce(x'5820' || erased, x'f6')
    AS BLOB)
FROM entry;

INSERT INTO document (document, stretch)
SELECT document, id FROM entry WHERE document IS NOT NULL;

DROP TABLE entry;
