SELECT batch, unit, count(*) AS cases, min(case_no) AS case_no
FROM (
    SELECT case_row.unit, case_no, max(hand_over.batch) AS batch
    FROM case_row
    JOIN hand_over USING (id)
    WHERE case_row.tally IN (SELECT id FROM case_tally WHERE state = ?1)
       OR (case_row.id > (SELECT value FROM counter WHERE name = 'indexed') AND case_row.state = ?1)
    GROUP BY case_row.id
)
GROUP BY batch, unit
ORDER BY batch, unit
LIMIT ?2
