-- The hand-over that a case travelled with last.
ALTER TABLE case_row ADD COLUMN batch TEXT;
CREATE INDEX case_by_batch ON case_row (batch) WHERE batch IS NOT NULL;
