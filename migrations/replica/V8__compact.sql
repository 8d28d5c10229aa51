-- How header and body are packed: 0 as they were written; 1 both in `body`, by zstd with the first dictionary for entries
-- at rest, and `header` empty.
ALTER TABLE entry ADD COLUMN packing INTEGER NOT NULL DEFAULT 0;

-- The newest case is that of the newest document: its id begins with the time when it was made.
DROP INDEX case_by_day;

-- What is due next is found among all cases, which counting them goes through anyway.
DROP INDEX case_by_due;

-- The last document whose words are in the search index; the rows of later ones are looked through.
INSERT INTO counter (name, value) SELECT 'indexed', coalesce(max(id), 0) FROM document;
