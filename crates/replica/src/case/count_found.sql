SELECT count(*)
FROM case_search JOIN case_row ON case_row.id = case_search.rowid
WHERE (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR unit LIKE :unit)
  AND (NOT :doubtful OR doubtful)
  AND (NOT :by_due OR due IS NOT NULL)
  AND case_search MATCH :search
