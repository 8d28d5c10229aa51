SELECT id
FROM (
    SELECT id, made
    FROM (
        SELECT case_row.id, made
        FROM search CROSS JOIN case_row ON made = search.rowid AND tally IS NOT NULL
        WHERE search MATCH :search AND search.rowid >= :cases
          AND (:all OR tally IN (
              SELECT id
              FROM case_tally
              WHERE (+unit BETWEEN :first AND :last OR +unit IN (SELECT value FROM json_each(:merged)))
                AND state IN (SELECT value FROM json_each(:states))
                AND doubtful >= :doubtful
          ))
        ORDER BY search.rowid DESC
        LIMIT :limit + :among OFFSET :before
    )
    UNION
    SELECT case_row.id, made
    FROM json_each(:newest) AS newest CROSS JOIN case_row ON case_row.id = newest.value
    WHERE (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
      AND state IN (SELECT value FROM json_each(:states))
      AND doubtful >= :doubtful
)
ORDER BY made DESC, id DESC
LIMIT :limit OFFSET :among
