-- Devices whose word no longer counts, and what was said of what they wrote afterwards. All of it follows from entries of the
-- kinds 9 and 10 and from enrolments.

CREATE TABLE revocation_word (
    -- where it stands: a feed, as on the wire and before it parts, and its entry
    feed BLOB NOT NULL,
    n INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    person BLOB,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (feed, n, body)
) STRICT, WITHOUT ROWID;

CREATE TABLE revoked (
    device BLOB PRIMARY KEY,
    -- by the first word that stands: who, when, why
    person BLOB,
    at INTEGER NOT NULL,
    ground TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE review (
    -- the entry spoken of, as in `verdict`
    feed INTEGER NOT NULL REFERENCES feed,
    n INTEGER NOT NULL,
    body BLOB NOT NULL,
    accepted INTEGER NOT NULL,
    -- entry.id, NULL as long as it isn't here
    entry INTEGER,
    PRIMARY KEY (feed, n, body)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_of ON review (entry);

-- of a revoked device's feed: the last entry that counts
ALTER TABLE feed ADD COLUMN held_after INTEGER;

-- What revoked devices wrote afterwards. It counts where it was accepted, or where somebody else built on it; the rest is withheld (8).
CREATE VIEW held AS
SELECT entry.id, entry.document, entry.feed, entry.n, entry.withheld = 8 AS waiting,
    (SELECT review.accepted FROM review WHERE review.entry = entry.id) AS accepted
FROM feed CROSS JOIN entry ON entry.feed = feed.id AND entry.n > feed.held_after
WHERE feed.held_after IS NOT NULL AND entry.kind = 1 AND entry.erased IS NULL;

-- What is held for a review is for nobody to answer.
DROP VIEW unanswered;
CREATE VIEW unanswered AS
SELECT entry.id, entry.document, entry.feed, entry.n, entry.withheld AS reason
FROM entry
WHERE entry.withheld > 0 AND entry.withheld <> 8 AND entry.erased IS NULL
    AND NOT EXISTS (SELECT 1 FROM reissue WHERE reissue.entry = entry.id)
    AND NOT EXISTS (SELECT 1 FROM case_row WHERE case_row.id = entry.document AND archived IS NOT NULL)
UNION ALL
SELECT entry.id, entry.document, entry.feed, entry.n, verdict.reason
FROM verdict CROSS JOIN entry ON entry.id = verdict.entry
WHERE entry.withheld = 0 AND entry.erased IS NULL AND NOT EXISTS (SELECT 1 FROM reissue WHERE reissue.entry = entry.id);

-- What roles people have been given after their enrolment: another projection of such entries, of kind 11.
CREATE TABLE role_change (
    person BLOB NOT NULL,
    -- the later one counts for what isn't named by it
    place INTEGER NOT NULL,
    -- role identifiers, separated by spaces
    roles TEXT NOT NULL,
    -- what was written before: a vector, as on the wire
    accepted BLOB NOT NULL,
    PRIMARY KEY (person, place)
) STRICT, WITHOUT ROWID;
