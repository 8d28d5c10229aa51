SELECT state, count(*) AS cases
FROM case_row
WHERE unit LIKE ? OR unit IN (SELECT value FROM json_each(?))
GROUP BY state
