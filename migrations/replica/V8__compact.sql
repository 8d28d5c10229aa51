-- How header and body are packed: 0 as they were written; 1 both in `body`, by zstd with the first dictionary for entries
-- at rest, and `header` empty.
ALTER TABLE entry ADD COLUMN packing INTEGER NOT NULL DEFAULT 0;
