-- What leaves: bodies of erased documents, and years that the county has closed.

-- The hash of the body that was, where an order erased it; the body is then empty.
ALTER TABLE entry ADD COLUMN erased BLOB;

-- Entries up to here have left with their closed year. Number and chain stay, and so does the checkpoint here.
ALTER TABLE feed ADD COLUMN hollow_n INTEGER NOT NULL DEFAULT 0;

-- By unit and year, whether the county holds what has left, by its last word: 0 it does, 2 it has lost some.
CREATE VIEW hollow AS
SELECT unit, period, max(CASE WHEN county_n < hollow_n THEN 2 ELSE 0 END) AS lacking
FROM feed
WHERE kind = 'work' AND hollow_n > 0
GROUP BY unit, period;

-- The year that a case has left with: nothing else is kept of it than its row and what it is found by.
ALTER TABLE case_row ADD COLUMN archived INTEGER;

-- Orders to erase, of several about one document the first; a projection.
CREATE TABLE erasure (
    document BLOB NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    period INTEGER NOT NULL,
    at INTEGER NOT NULL,
    ground TEXT NOT NULL,
    -- a case's number, '' for what has none
    label TEXT NOT NULL,
    PRIMARY KEY (document, unit, kind, period)
) STRICT, WITHOUT ROWID;

-- The roots that the county ever signed for a unit's work of a closed year; a projection.
CREATE TABLE closure (
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    root BLOB NOT NULL,
    PRIMARY KEY (unit, year, root)
) STRICT, WITHOUT ROWID;
