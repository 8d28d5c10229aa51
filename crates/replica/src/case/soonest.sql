SELECT id
FROM (
    SELECT id, due, made
    FROM (
        SELECT id, due, made FROM case_row WHERE tally IS NOT NULL AND due IS NOT NULL ORDER BY due, made LIMIT :limit
    )
    UNION ALL
    SELECT id, due, made
    FROM case_row
    WHERE id > (SELECT value FROM counter WHERE name = 'indexed') AND due IS NOT NULL
)
ORDER BY due, made, id
LIMIT :limit
