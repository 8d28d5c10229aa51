-- Units that end and are merged; what is known of the staff; who stands in for whom.

-- document.id: of two documents about one code the later counts
ALTER TABLE unit ADD COLUMN document INTEGER;
ALTER TABLE unit ADD COLUMN valid_from TEXT;
-- the first day on which it is no more
ALTER TABLE unit ADD COLUMN valid_to TEXT;
ALTER TABLE unit ADD COLUMN successor_code TEXT;
CREATE INDEX unit_merged ON unit (successor_code) WHERE successor_code IS NOT NULL;

-- What is known of a person's post: staff type, certificate, training …, as JSON; a document each.
CREATE TABLE staff (
    -- document.id
    id INTEGER PRIMARY KEY,
    -- whose word it is
    unit TEXT NOT NULL,
    person BLOB NOT NULL,
    content TEXT NOT NULL
) STRICT;
CREATE INDEX staff_by_person ON staff (person);

-- Who stands in for whom, as JSON; a document each.
CREATE TABLE delegation (
    -- document.id
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL,
    substitute BLOB NOT NULL,
    content TEXT NOT NULL
) STRICT;
CREATE INDEX delegation_by_substitute ON delegation (substitute);
