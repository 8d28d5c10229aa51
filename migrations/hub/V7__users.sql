-- A projection of the hub's own introductions: people beside those with whom devices were enrolled, by the codes they took.
CREATE TABLE introduced (
    -- hash of the code
    code BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    device BLOB NOT NULL
) STRICT, WITHOUT ROWID;
