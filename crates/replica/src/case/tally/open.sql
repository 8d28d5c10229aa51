INSERT INTO case_tally (unit, state, doubtful)
SELECT ?1, ?2, ?3 WHERE ?4 <= (SELECT value FROM counter WHERE name = 'indexed')
RETURNING id
