SELECT id, due, made
FROM case_row
WHERE tally IS NOT NULL AND due IS NOT NULL AND due BETWEEN :from AND :to
  -- +: the index of terms has the tally too, and the days are what narrows most
  AND +tally IN (
      SELECT id
      FROM case_tally
      WHERE (+unit BETWEEN :first AND :last OR +unit IN (SELECT value FROM json_each(:merged)))
        AND state IN (SELECT value FROM json_each(:states))
        AND doubtful >= :doubtful
  )
UNION ALL
SELECT id, due, made
FROM case_row
WHERE id > (SELECT value FROM counter WHERE name = 'indexed') AND due BETWEEN :from AND :to
  AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
  AND state IN (SELECT value FROM json_each(:states))
  AND doubtful >= :doubtful
