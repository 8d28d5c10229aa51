-- At which device a person works, and the keys with which they sign what they decide. Both follow from enrolments,
-- introductions and entries of the kind 12.

ALTER TABLE person ADD COLUMN device BLOB;

CREATE TABLE person_key (
    person BLOB NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (person, key)
) STRICT, WITHOUT ROWID;

-- Keys that the hub has signed for after a password was forgotten, by the device that says so: they count for a person of
-- that device who had a key before.
CREATE TABLE another_key (
    person BLOB NOT NULL,
    key BLOB NOT NULL,
    device BLOB NOT NULL,
    PRIMARY KEY (person, key, device)
) STRICT, WITHOUT ROWID;

-- Documents with acts that somebody took for somebody else, by both: whether those count follows from delegations.
CREATE TABLE acted_for (
    document INTEGER NOT NULL REFERENCES document (id),
    person BLOB NOT NULL,
    PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX acted_for_by_person ON acted_for (person);
