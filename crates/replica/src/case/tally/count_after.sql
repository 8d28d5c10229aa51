UPDATE case_row
SET tally = (
    SELECT case_tally.id
    FROM case_tally
    WHERE case_tally.unit = case_row.unit AND case_tally.state = case_row.state
      AND case_tally.doubtful = case_row.doubtful
)
WHERE tally IS NULL AND id > ? AND id <= (SELECT value FROM counter WHERE name = 'indexed')
