-- How far the county's word once went, what of it lies in a backup, and how far this device's clock is off.

-- how far the county ever held what is held here: beyond `county_n` and `hub_n` lies what a restored hub has forgotten
ALTER TABLE feed ADD COLUMN once_n INTEGER NOT NULL DEFAULT 0;
-- how far a backup of the county's store holds it
ALTER TABLE feed ADD COLUMN backup_n INTEGER NOT NULL DEFAULT 0;
UPDATE feed SET once_n = county_n;

-- the hub's time on the first receipt that covered the checkpoint, as heard here: what lies before it was written by then
ALTER TABLE checkpoint ADD COLUMN receipt INTEGER;
-- the moment, in the present life of the county's store, from which on it has been covered without a break
ALTER TABLE checkpoint ADD COLUMN moment INTEGER;

-- By how many milliseconds this device's clock was ahead of the county's at the last exchange; no row while it is right.
CREATE TABLE clock_off (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    ms INTEGER NOT NULL
) STRICT;

-- The county's last backup, as its last receipt says: its time, and the moment of its store's life.
CREATE TABLE county_backup (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    time INTEGER NOT NULL,
    moment INTEGER NOT NULL
) STRICT;
