SELECT id
FROM (
    SELECT id, made
    FROM (
        SELECT id, made
        FROM case_row
        WHERE tally IN (
            SELECT id
            FROM case_tally
            -- +: to read the few kinds there are one by one is quicker than to look each of many up
            WHERE (+unit BETWEEN :first AND :last OR +unit IN (SELECT value FROM json_each(:merged)))
              AND state IN (SELECT value FROM json_each(:states))
              AND doubtful >= :doubtful
        ) AND tally IS NOT NULL
        ORDER BY made DESC
        LIMIT :limit + :among OFFSET :before
    )
    UNION ALL
    SELECT id, made
    FROM case_row
    WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
      AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
      AND state IN (SELECT value FROM json_each(:states))
      AND doubtful >= :doubtful
)
ORDER BY made DESC, id DESC
LIMIT :limit OFFSET :among
