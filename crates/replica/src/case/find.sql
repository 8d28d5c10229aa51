SELECT id
FROM (
    SELECT case_row.id, made, case_no
    FROM search CROSS JOIN case_row ON made = search.rowid AND tally IS NOT NULL
    WHERE search MATCH ?1
    UNION ALL
    SELECT id, made, case_no FROM case_row WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
)
WHERE case_no = ?2
ORDER BY made
LIMIT 1
