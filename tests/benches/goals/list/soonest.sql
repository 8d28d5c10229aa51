SELECT *, (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id) AS lacking
FROM case_row
WHERE tally IS NOT NULL AND due IS NOT NULL
ORDER BY due, made
LIMIT 100
