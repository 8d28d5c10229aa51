SELECT id
FROM (
    SELECT id, made
    FROM (
        SELECT id, made FROM case_row WHERE tally IS NOT NULL ORDER BY made DESC LIMIT :limit + :among OFFSET :before
    )
    UNION ALL
    SELECT id, made FROM case_row WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
)
ORDER BY made DESC, id DESC
LIMIT :limit OFFSET :among
