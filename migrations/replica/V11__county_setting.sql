-- The county's numbers, each from a day on: a document each.
CREATE TABLE county_setting (
    -- document.id
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    since TEXT NOT NULL
) STRICT;
