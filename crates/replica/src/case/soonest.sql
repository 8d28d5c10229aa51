SELECT id
FROM (
    SELECT id, due, made
    FROM (
        SELECT id, due, made
        FROM case_row
        -- +: the terms are in the order of their index; what they are filtered by is told beside them
        WHERE tally IS NOT NULL AND due IS NOT NULL AND (:all OR +tally IN (
            SELECT id
            FROM case_tally
            WHERE (+unit BETWEEN :first AND :last OR +unit IN (SELECT value FROM json_each(:merged)))
              AND state IN (SELECT value FROM json_each(:states))
              AND doubtful >= :doubtful
        ))
        ORDER BY due, made
        LIMIT :limit + :among OFFSET :before
    )
    UNION ALL
    SELECT id, due, made
    FROM case_row
    WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
      AND due IS NOT NULL
      AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
      AND state IN (SELECT value FROM json_each(:states))
      AND doubtful >= :doubtful
)
ORDER BY due, made, id
LIMIT :limit OFFSET :among
