-- How the county is: when each device last came and how far it had got, what was not taken from it, what is withheld, and
-- where the store has been copied to.

-- as people say it; empty in stores founded before
ALTER TABLE unit ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN name TEXT NOT NULL DEFAULT '';
-- entries that say of another one that its content can't count
ALTER TABLE feed ADD COLUMN verdicts INTEGER NOT NULL DEFAULT 0;
-- 1 in a backup: the hub that is opened on it begins a new life of the store
ALTER TABLE identity ADD COLUMN copied INTEGER NOT NULL DEFAULT 0;
-- when the keys were last copied to where backups aren't
ALTER TABLE identity ADD COLUMN keys_kept INTEGER;

-- The last exchange of each device.
CREATE TABLE visit (
    device BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    protocol INTEGER NOT NULL,
    -- of the store, after what the device brought was stored
    moment INTEGER NOT NULL,
    -- entries that it might have and hadn't got even with the answer
    lacked INTEGER NOT NULL,
    -- by how many milliseconds its clock was ahead; NULL where it didn't say
    clock_off INTEGER,
    -- of the frames
    bytes_up INTEGER NOT NULL,
    bytes_down INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Runs that a device brings and that aren't taken, from when on; gone once it no longer brings them.
CREATE TABLE refused (
    device BLOB NOT NULL,
    -- the feed
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    period INTEGER NOT NULL,
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    reason TEXT NOT NULL,
    since INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (device, unit, kind, period, author, incarnation)
) STRICT, WITHOUT ROWID;

-- The last backup: the hub's time, and the life and moment of the store that it holds.
CREATE TABLE backup (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    time INTEGER NOT NULL,
    store INTEGER NOT NULL,
    moment INTEGER NOT NULL
) STRICT;
