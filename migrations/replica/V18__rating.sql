-- What people say of how their cases were handled (好差评): a row each. Who said it, and in what words, stays in the documents.
CREATE TABLE rating (
    -- document.id
    id INTEGER PRIMARY KEY,
    -- document.document of the case
    about BLOB NOT NULL,
    unit TEXT NOT NULL,
    nth INTEGER NOT NULL,
    grade INTEGER NOT NULL,
    rated_on TEXT NOT NULL,
    -- the rater can be called back
    named INTEGER NOT NULL,
    incomplete INTEGER NOT NULL,
    -- the year that it has left with
    archived INTEGER
) STRICT;
CREATE INDEX rating_by_case ON rating (about);
CREATE INDEX rating_by_day ON rating (rated_on);

-- Of a matter that checks a bad rating (差评核实): what has become of it; beside its row in matter.
CREATE TABLE bad_rating (
    -- document.id of the matter
    id INTEGER PRIMARY KEY,
    -- document.document of the rating
    rating BLOB NOT NULL,
    unit TEXT NOT NULL,
    rated_on TEXT NOT NULL,
    answered INTEGER NOT NULL,
    called_back INTEGER NOT NULL,
    excluded INTEGER NOT NULL,
    -- the item whose guide is wrong, and the version of it that is
    wrong_guide TEXT,
    guide_version INTEGER
) STRICT;
CREATE INDEX bad_rating_by_rating ON bad_rating (rating);
CREATE INDEX bad_rating_by_day ON bad_rating (rated_on);

-- The day on which a case was closed or otherwise ended; beside its row in case_row.
CREATE TABLE case_end (
    -- document.id of the case
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL,
    ended_on TEXT NOT NULL
) STRICT;
CREATE INDEX case_end_by_day ON case_end (ended_on);
