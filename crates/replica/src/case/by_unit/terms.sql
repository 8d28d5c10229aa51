-- the index of terms tells day and tally: no row is read
SELECT unit, due, sum(term.cases) AS cases
FROM (
    SELECT tally, due, count(*) AS cases
    FROM case_row
    WHERE tally IS NOT NULL AND due IS NOT NULL AND due <= ?1
    GROUP BY tally, due
) AS term
JOIN case_tally ON case_tally.id = term.tally
GROUP BY unit, due
UNION ALL
SELECT unit, due, count(*)
FROM case_row
WHERE id > (SELECT value FROM counter WHERE name = 'indexed') AND due IS NOT NULL AND due <= ?1
GROUP BY unit, due
