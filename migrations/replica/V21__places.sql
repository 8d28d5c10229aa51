-- Where a case stands in the list is a number now, the same by which the search index has it (case/place.rs). All of it is made anew
-- with the projections.
DROP INDEX case_by_made;
DROP INDEX case_by_tally;
DROP INDEX case_by_due;
UPDATE case_row SET tally = NULL;
ALTER TABLE case_row DROP COLUMN made;
ALTER TABLE case_row ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
CREATE INDEX case_by_made ON case_row (made, tally) WHERE tally IS NOT NULL;
CREATE INDEX case_by_tally ON case_row (tally, made) WHERE tally IS NOT NULL;
CREATE INDEX case_by_due ON case_row (due, made, tally) WHERE tally IS NOT NULL AND due IS NOT NULL;

-- How many cases there are by item and month of registration, but for the newest; a projection.
CREATE TABLE item_tally (
    item_id TEXT NOT NULL,
    month TEXT NOT NULL,
    cases INTEGER NOT NULL,
    PRIMARY KEY (item_id, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER item_counted AFTER INSERT ON case_row WHEN new.tally IS NOT NULL BEGIN
    INSERT INTO item_tally VALUES (new.item_id, substr(new.registered_on, 1, 7), 1)
    ON CONFLICT (item_id, month) DO UPDATE SET cases = cases + 1;
END;
CREATE TRIGGER item_moved AFTER UPDATE OF tally, item_id, registered_on ON case_row
WHEN (old.tally IS NULL, old.item_id, substr(old.registered_on, 1, 7))
    IS NOT (new.tally IS NULL, new.item_id, substr(new.registered_on, 1, 7))
BEGIN
    UPDATE item_tally SET cases = cases - 1
    WHERE item_id = old.item_id AND month = substr(old.registered_on, 1, 7) AND old.tally IS NOT NULL;
    INSERT INTO item_tally SELECT new.item_id, substr(new.registered_on, 1, 7), 1 WHERE new.tally IS NOT NULL
    ON CONFLICT (item_id, month) DO UPDATE SET cases = cases + 1;
END;
CREATE TRIGGER item_gone AFTER DELETE ON case_row WHEN old.tally IS NOT NULL BEGIN
    UPDATE item_tally SET cases = cases - 1 WHERE item_id = old.item_id AND month = substr(old.registered_on, 1, 7);
END;
