INSERT OR IGNORE INTO case_tally (unit, state, doubtful)
SELECT DISTINCT unit, state, doubtful
FROM case_row
WHERE tally IS NULL AND id > ? AND id <= (SELECT value FROM counter WHERE name = 'indexed')
