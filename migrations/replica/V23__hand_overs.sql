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
