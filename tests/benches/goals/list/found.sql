SELECT case_row.*, (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id) AS lacking,
    (SELECT count(*) FROM search WHERE search MATCH ?1) AS total
FROM search CROSS JOIN case_row ON made = search.rowid AND tally IS NOT NULL
WHERE search MATCH ?1
ORDER BY search.rowid DESC
LIMIT 50
