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
