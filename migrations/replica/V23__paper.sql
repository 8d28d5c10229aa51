-- Every hand-over that a case has travelled with, in the place of the last one alone; beside its row in case_row.
CREATE TABLE hand_over (
    -- document.id of the case
    id INTEGER NOT NULL,
    batch TEXT NOT NULL,
    PRIMARY KEY (id, batch)
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_over_by_batch ON hand_over (batch);
INSERT INTO hand_over (id, batch) SELECT id, batch FROM case_row WHERE batch IS NOT NULL;
DROP INDEX case_by_batch;
ALTER TABLE case_row DROP COLUMN batch;

-- What was printed on at this desk, and from which tray; as the settings are, of this device alone.
CREATE TABLE printer (
    name TEXT PRIMARY KEY,
    -- '' for the queue's usual one
    tray TEXT NOT NULL,
    -- of the last time, in milliseconds since 1970
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Of a unit whose forms are in two languages: its name in the second.
ALTER TABLE unit ADD COLUMN second_name TEXT NOT NULL DEFAULT '';
