-- Requests that somebody has begun to record, as the page sent them; of this device and person alone, in no document.
CREATE TABLE unfinished (
    person TEXT NOT NULL,
    id INTEGER NOT NULL,
    -- in milliseconds since 1970
    kept INTEGER NOT NULL,
    -- JSON
    body TEXT NOT NULL,
    PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;

-- The folder that a scanner writes to; of this device alone, as the settings are.
CREATE TABLE scan_folder (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    folder TEXT NOT NULL
) STRICT;
