-- What is said of entries that can't count. Both tables follow from entries of the kinds 3 and 6 alone.

CREATE TABLE verdict (
    -- the entry judged: its feed (of a branch the feed that parted), number, and BLAKE3 of its body, which tells lives apart
    feed INTEGER NOT NULL REFERENCES feed,
    n INTEGER NOT NULL,
    body BLOB NOT NULL,
    -- the smallest that anybody gave
    reason INTEGER NOT NULL,
    -- entry.id, NULL as long as it isn't here
    entry INTEGER,
    PRIMARY KEY (feed, n, body)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_of ON verdict (entry);

CREATE TABLE reissue (
    -- the entry that couldn't count, as above
    feed INTEGER NOT NULL REFERENCES feed,
    n INTEGER NOT NULL,
    body BLOB NOT NULL,
    -- entry.id of what says again what could be said again; 0: nothing was left to say
    by_entry INTEGER NOT NULL,
    -- version of the author's program
    program TEXT NOT NULL,
    -- entry.id, NULL as long as it isn't here
    entry INTEGER,
    PRIMARY KEY (feed, n, body, by_entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX reissue_of ON reissue (entry);
CREATE INDEX reissue_by ON reissue (by_entry);

CREATE INDEX entry_withheld ON entry (document) WHERE withheld > 0;

-- Entries that can't count, or that somebody found so, and for which nothing of their author's stands yet. What goes on from work that
-- has left with its year only waits here, not where that is held.
CREATE VIEW unanswered AS
SELECT entry.id, entry.document, entry.feed, entry.n, entry.withheld AS reason
FROM entry
WHERE entry.withheld > 0 AND entry.erased IS NULL AND NOT EXISTS (SELECT 1 FROM reissue WHERE reissue.entry = entry.id)
    AND NOT EXISTS (SELECT 1 FROM case_row WHERE case_row.id = entry.document AND archived IS NOT NULL)
UNION ALL
SELECT entry.id, entry.document, entry.feed, entry.n, verdict.reason
FROM verdict CROSS JOIN entry ON entry.id = verdict.entry
WHERE entry.withheld = 0 AND entry.erased IS NULL AND NOT EXISTS (SELECT 1 FROM reissue WHERE reissue.entry = entry.id);
