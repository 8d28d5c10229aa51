SELECT *, (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id) AS lacking
FROM case_row
WHERE id IN (SELECT rowid FROM search WHERE search MATCH ?)
ORDER BY made DESC
LIMIT 50
