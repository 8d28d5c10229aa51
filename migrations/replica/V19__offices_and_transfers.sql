-- Service spots of villages and departments of the county, as JSON; a document each.
CREATE TABLE office (
    -- document.id
    id INTEGER PRIMARY KEY,
    -- whose word it is
    keeper TEXT NOT NULL,
    unit TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;
CREATE INDEX office_by_unit ON office (unit, name);

-- The case that one goes on from, after a transfer (转办).
ALTER TABLE case_row ADD COLUMN goes_on_from TEXT;
CREATE INDEX case_goes_on_from ON case_row (goes_on_from) WHERE goes_on_from IS NOT NULL;
