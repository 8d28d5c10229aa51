SELECT count(*)
FROM search JOIN case_row ON case_row.id = search.rowid
WHERE (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR unit LIKE :unit)
  AND (NOT :doubtful OR doubtful)
  AND (NOT :by_due OR due IS NOT NULL)
  AND search MATCH :search
