SELECT EXISTS (
    SELECT 1 FROM case_tally WHERE cases <> (SELECT count(*) FROM case_row WHERE tally = case_tally.id)
) OR EXISTS (
    SELECT 1
    FROM case_row
    LEFT JOIN case_tally ON case_tally.id = case_row.tally
    LEFT JOIN document ON document.id = case_row.id
    WHERE document.id IS NULL
       -- a place tells the id that it follows from: without the thirteenth digit, which is the same in all
       OR made >= :in_order
          AND printf('%015x', made >> 3) <> lower(substr(hex(document.document), 1, 12) || substr(hex(document.document), 14, 3))
       OR (tally IS NULL) <> (case_row.id > (SELECT value FROM counter WHERE name = 'indexed'))
       OR tally IS NOT NULL
          AND (case_tally.unit, case_tally.state, case_tally.doubtful)
              IS NOT (case_row.unit, case_row.state, case_row.doubtful)
) OR EXISTS (
    SELECT 1 FROM case_row WHERE tally IS NOT NULL GROUP BY made HAVING count(*) > 1
) OR EXISTS (
    SELECT item_id, month, cases FROM item_tally WHERE cases <> 0
    EXCEPT
    SELECT item_id, substr(registered_on, 1, 7), count(*) FROM case_row WHERE tally IS NOT NULL GROUP BY 1, 2
) OR EXISTS (
    SELECT item_id, substr(registered_on, 1, 7), count(*) FROM case_row WHERE tally IS NOT NULL GROUP BY 1, 2
    EXCEPT
    SELECT item_id, month, cases FROM item_tally
)
