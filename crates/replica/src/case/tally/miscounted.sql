SELECT EXISTS (
    SELECT 1 FROM case_tally WHERE cases <> (SELECT count(*) FROM case_row WHERE tally = case_tally.id)
) OR EXISTS (
    SELECT 1
    FROM case_row
    LEFT JOIN case_tally ON case_tally.id = case_row.tally
    LEFT JOIN document ON document.id = case_row.id
    WHERE made IS NOT substr(document.document, 1, 8)
       OR (tally IS NULL) <> (case_row.id > (SELECT value FROM counter WHERE name = 'indexed'))
       OR tally IS NOT NULL
          AND (case_tally.unit, case_tally.state, case_tally.doubtful)
              IS NOT (case_row.unit, case_row.state, case_row.doubtful)
)
