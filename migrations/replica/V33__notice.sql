-- 通知 and 政策, as the county and townships publish them: a document each, its content as JSON.
CREATE TABLE notice (
    -- document.id
    id INTEGER PRIMARY KEY,
    -- who publishes it
    unit TEXT NOT NULL,
    content TEXT NOT NULL,
    at INTEGER NOT NULL,
    person BLOB,
    -- where it was taken back: why, when and by whom
    reason TEXT,
    taken_at INTEGER,
    taken_by BLOB
) STRICT;

-- Units that say that they have read one: a document each.
CREATE TABLE notice_receipt (
    -- document.id
    id INTEGER PRIMARY KEY,
    -- a document.document, which need not be here yet
    notice BLOB NOT NULL,
    unit TEXT NOT NULL,
    at INTEGER NOT NULL,
    person BLOB
) STRICT;
CREATE INDEX notice_receipt_by_notice ON notice_receipt (notice, unit);
