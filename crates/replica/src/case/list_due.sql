SELECT *,
    coalesce(
        (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id),
        (SELECT lacking FROM hollow WHERE unit = case_row.unit AND period = case_row.archived)
    ) AS lacking
FROM case_row
WHERE (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR unit LIKE :unit OR unit IN (SELECT value FROM json_each(:merged)))
  AND (NOT :doubtful OR doubtful)
  AND due IS NOT NULL
  AND :search IS NULL AND :newest = '[]' AND :by_due
ORDER BY due, case_no
LIMIT :limit OFFSET :offset
