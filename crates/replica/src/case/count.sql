SELECT count(*)
FROM case_row
WHERE (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR unit LIKE :unit OR unit IN (SELECT value FROM json_each(:merged)))
  AND (NOT :doubtful OR doubtful)
  AND (NOT :by_due OR due IS NOT NULL)
  AND :search IS NULL AND :newest = '[]'
