SELECT *, (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id) AS lacking
FROM case_row
WHERE tally IS NOT NULL
ORDER BY made DESC
LIMIT 50 OFFSET ?
