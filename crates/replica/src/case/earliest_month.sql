SELECT min(month)
FROM (
    SELECT month FROM item_tally WHERE cases > 0
    UNION ALL
    SELECT substr(registered_on, 1, 7)
    FROM case_row
    WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
)
