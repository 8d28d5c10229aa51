SELECT case_row.id, case_row.unit, state, doubtful, document.document
FROM case_row JOIN document USING (id)
WHERE tally IS NULL AND case_row.id > ? AND case_row.id <= (SELECT value FROM counter WHERE name = 'indexed')
ORDER BY case_row.id
