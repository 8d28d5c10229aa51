-- What was printed and saved at this device, and under which job of the print system; of this device alone, kept for a month.
-- That a form of a case was printed is an event of the case.
CREATE TABLE print (
    id INTEGER PRIMARY KEY,
    -- in milliseconds since 1970
    at INTEGER NOT NULL,
    person BLOB NOT NULL,
    -- '' for a file
    printer TEXT NOT NULL,
    job TEXT NOT NULL,
    form TEXT NOT NULL,
    name TEXT NOT NULL,
    -- of the first of several; '' for what has none
    number TEXT NOT NULL,
    case_no TEXT NOT NULL,
    cases INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    -- taken out of the queue here: the print system doesn't tell that afterwards
    cancelled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX print_by_day ON print (at);
