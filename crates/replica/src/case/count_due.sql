SELECT (
    SELECT count(*)
    FROM case_row
    WHERE tally IS NOT NULL AND due IS NOT NULL AND (:all OR +tally IN (
        SELECT id
        FROM case_tally
        WHERE (+unit BETWEEN :first AND :last OR +unit IN (SELECT value FROM json_each(:merged)))
          AND state IN (SELECT value FROM json_each(:states))
          AND doubtful >= :doubtful
    ))
) + (
    SELECT count(*)
    FROM case_row
    WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
      AND due IS NOT NULL
      AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
      AND state IN (SELECT value FROM json_each(:states))
      AND doubtful >= :doubtful
)
