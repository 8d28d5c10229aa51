SELECT (
    SELECT count(*)
    FROM search
    WHERE search MATCH :search AND search.rowid >= :cases
      AND (:all OR (SELECT tally FROM case_row WHERE made = search.rowid AND tally IS NOT NULL) IN (
          SELECT id
          FROM case_tally
          WHERE (+unit BETWEEN :first AND :last OR +unit IN (SELECT value FROM json_each(:merged)))
            AND state IN (SELECT value FROM json_each(:states))
            AND doubtful >= :doubtful
      ))
) + (
    SELECT count(*)
    FROM json_each(:newest) AS newest CROSS JOIN case_row ON case_row.id = newest.value
    WHERE (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
      AND state IN (SELECT value FROM json_each(:states))
      AND doubtful >= :doubtful
)
