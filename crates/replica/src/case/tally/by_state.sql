SELECT state, sum(cases) AS cases, sum(cases * doubtful) AS doubtful
FROM case_tally
WHERE +unit BETWEEN :first AND :last OR +unit IN (SELECT value FROM json_each(:merged))
GROUP BY state
UNION ALL
SELECT state, count(*), sum(doubtful)
FROM case_row
WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
  AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
GROUP BY state
