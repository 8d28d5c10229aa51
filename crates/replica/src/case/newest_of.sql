-- The newest of several kinds: of each kind its newest stands in the queue, and who leaves the queue is followed by the next of
-- its kind. (+: to read the few kinds there are one by one is quicker than to look each of many up.)
WITH RECURSIVE queue (tally, made) AS (
    SELECT id, (SELECT max(made) FROM case_row WHERE tally = case_tally.id)
    FROM case_tally
    WHERE cases > 0
      AND state IN (SELECT value FROM json_each(:states))
      AND (+unit BETWEEN :first AND :last OR +unit IN (SELECT value FROM json_each(:merged)))
    UNION ALL
    SELECT tally, (SELECT max(made) FROM case_row WHERE tally = queue.tally AND made < queue.made)
    FROM queue
    WHERE made IS NOT NULL
    ORDER BY 2 DESC
    LIMIT :limit + :offset
)
SELECT id
FROM (
    SELECT id, made FROM queue CROSS JOIN case_row USING (tally, made)
    UNION ALL
    SELECT id, made
    FROM case_row
    WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
      AND state IN (SELECT value FROM json_each(:states))
      AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
)
ORDER BY made DESC, id DESC
LIMIT :limit OFFSET :offset
