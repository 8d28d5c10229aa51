SELECT id
FROM case_tally
WHERE unit = ?1 AND state = ?2 AND doubtful = ?3 AND ?4 <= (SELECT value FROM counter WHERE name = 'indexed')
