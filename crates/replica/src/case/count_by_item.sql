SELECT item_id, sum(cases)
FROM (
    SELECT item_id, cases FROM item_tally WHERE month >= ?1 AND cases > 0
    UNION ALL
    SELECT item_id, 1
    FROM case_row
    WHERE id > (SELECT value FROM counter WHERE name = 'indexed') AND registered_on >= ?1
)
GROUP BY item_id
