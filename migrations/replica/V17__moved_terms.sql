-- What a paper told of a running term, where that isn't so any more, and what is so now.
ALTER TABLE case_row ADD COLUMN told TEXT;
ALTER TABLE case_row ADD COLUMN told_clock TEXT;
ALTER TABLE case_row ADD COLUMN told_now TEXT;
ALTER TABLE case_row ADD COLUMN told_now_provisional INTEGER;
CREATE INDEX case_by_told ON case_row (told) WHERE told IS NOT NULL;
