SELECT case_row.id
FROM (
    SELECT rowid AS id FROM search WHERE search MATCH :search
    UNION ALL
    SELECT value FROM json_each(:newest)
) AS hit CROSS JOIN case_row ON case_row.id = hit.id
WHERE state IN (SELECT value FROM json_each(:states))
  AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
  AND doubtful >= :doubtful
ORDER BY made DESC, case_row.id DESC
