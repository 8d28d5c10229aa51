-- Lists and counts of many cases: what they need lies in indices and sums. As with the search index, the newest cases (those of
-- documents after the counter `indexed`) aren't in them yet: each index would cost a save one more encrypted page.

-- How many cases there are of each kind, but for the newest; a projection.
CREATE TABLE case_tally (
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL,
    state TEXT NOT NULL,
    doubtful INTEGER NOT NULL,
    cases INTEGER NOT NULL DEFAULT 0,
    UNIQUE (unit, state, doubtful)
) STRICT;

-- the first half of document.document, which begins with the time when it was made: cases are listed by it
ALTER TABLE case_row ADD COLUMN made BLOB NOT NULL DEFAULT x'';
-- the case_tally that counts it, NULL for the newest
ALTER TABLE case_row ADD COLUMN tally INTEGER;
UPDATE case_row SET made = (SELECT substr(document, 1, 8) FROM document WHERE document.id = case_row.id);

CREATE INDEX case_by_made ON case_row (made, tally) WHERE tally IS NOT NULL;
CREATE INDEX case_by_tally ON case_row (tally, made) WHERE tally IS NOT NULL;
CREATE INDEX case_by_due ON case_row (due, made, tally) WHERE tally IS NOT NULL AND due IS NOT NULL;
CREATE INDEX case_archived ON case_row (archived) WHERE archived IS NOT NULL;

CREATE TRIGGER case_counted AFTER INSERT ON case_row WHEN new.tally IS NOT NULL BEGIN
    UPDATE case_tally SET cases = cases + 1 WHERE id = new.tally;
END;
CREATE TRIGGER case_moved AFTER UPDATE OF tally ON case_row BEGIN
    UPDATE case_tally SET cases = cases - 1 WHERE id = old.tally;
    UPDATE case_tally SET cases = cases + 1 WHERE id = new.tally;
END;
CREATE TRIGGER case_gone AFTER DELETE ON case_row WHEN old.tally IS NOT NULL BEGIN
    UPDATE case_tally SET cases = cases - 1 WHERE id = old.tally;
END;
