WITH kind AS (SELECT id FROM case_tally WHERE unit LIKE ?2 || '%')
SELECT case_row.*, (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id) AS lacking, (
    SELECT count(*)
    FROM search CROSS JOIN case_row ON made = search.rowid AND tally IS NOT NULL
    WHERE search MATCH ?1 AND tally IN kind
) AS total
FROM search CROSS JOIN case_row ON made = search.rowid AND tally IS NOT NULL
WHERE search MATCH ?1 AND tally IN kind
ORDER BY search.rowid DESC
LIMIT 50
