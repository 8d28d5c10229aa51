SELECT *, (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id) AS lacking
FROM case_row
WHERE id IN (
    SELECT id
    FROM case_row
    WHERE tally IN (SELECT id FROM case_tally WHERE unit = ? AND state = 'ACCEPTED')
    ORDER BY made DESC
    LIMIT 50
)
ORDER BY made DESC
