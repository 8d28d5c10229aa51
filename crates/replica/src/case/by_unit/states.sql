SELECT unit, state, sum(cases) AS cases, sum(cases * doubtful) AS doubtful
FROM case_tally
GROUP BY unit, state
HAVING sum(cases) > 0
UNION ALL
SELECT unit, state, count(*), sum(doubtful)
FROM case_row
WHERE id > (SELECT value FROM counter WHERE name = 'indexed')
GROUP BY unit, state
