-- Who read what is masked, and let what out: a projection of entries of the kind 1025.

CREATE TABLE access (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    -- NULL where a program did by itself
    person BLOB,
    -- the device's clock
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    part TEXT NOT NULL,
    -- people or cases, where it is a list
    rows INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX access_at ON access (at);
CREATE INDEX access_about ON access (about, at);
