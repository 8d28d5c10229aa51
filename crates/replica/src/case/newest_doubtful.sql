-- They are few: all of them are looked at.
SELECT id
FROM (
    SELECT id, made
    FROM case_row
    WHERE tally IN (
        SELECT id
        FROM case_tally
        WHERE doubtful
          AND state IN (SELECT value FROM json_each(:states))
          AND (+unit BETWEEN :first AND :last OR +unit IN (SELECT value FROM json_each(:merged)))
    )
    UNION ALL
    SELECT id, made
    FROM case_row
    WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
      AND doubtful
      AND state IN (SELECT value FROM json_each(:states))
      AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
)
ORDER BY made DESC, id DESC
LIMIT :limit OFFSET :offset
