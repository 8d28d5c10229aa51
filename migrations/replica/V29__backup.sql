-- Where this desk's own backups go, and how the last ones went; of this device alone, as the settings are.
CREATE TABLE backup (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- '' for nowhere
    folder TEXT NOT NULL,
    -- days; 0: by hand alone
    every INTEGER NOT NULL,
    -- the last that was read back, in milliseconds since 1970, and the folder it lies in; NULL for none
    made INTEGER,
    made_in TEXT,
    -- the last that failed, since the last that didn't
    failed INTEGER,
    failure TEXT
) STRICT;
