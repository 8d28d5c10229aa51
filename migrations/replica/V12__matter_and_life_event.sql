-- Consultations, complaints, hotline tickets, appointments and visits at home: a row each.
CREATE TABLE matter (
    -- document.id
    id INTEGER PRIMARY KEY,
    matter_no TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    -- who has to see to it; NULL while nobody of the unit has taken it up
    owner_unit TEXT NOT NULL,
    owner BLOB,
    asked_on TEXT NOT NULL,
    asker_name TEXT NOT NULL,
    asker_phone TEXT NOT NULL,
    text TEXT NOT NULL,
    -- the term as it is counted now
    term_start TEXT NOT NULL,
    due TEXT NOT NULL,
    due_provisional INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    incomplete INTEGER NOT NULL,
    -- the year that it has left with: nothing else is kept of it than its row
    archived INTEGER
) STRICT;
CREATE INDEX matter_by_no ON matter (matter_no);
CREATE INDEX matter_by_due ON matter (due);

-- 一件事: several items for one event in a life; a document each.
CREATE TABLE life_event (
    -- document.id
    id INTEGER PRIMARY KEY,
    bundle_id TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;

-- What cases that were recorded for one event have in common.
ALTER TABLE case_row ADD COLUMN together TEXT;
CREATE INDEX case_together ON case_row (together) WHERE together IS NOT NULL;
