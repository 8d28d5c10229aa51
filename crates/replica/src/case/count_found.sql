SELECT count(*)
FROM case_row
WHERE id IN (SELECT rowid FROM search WHERE search MATCH :search UNION ALL SELECT value FROM json_each(:newest))
  AND (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR unit LIKE :unit OR unit IN (SELECT value FROM json_each(:merged)))
  AND (NOT :doubtful OR doubtful)
  AND (NOT :by_due OR due IS NOT NULL)
