SELECT case_row.*,
    coalesce(
        (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id),
        (SELECT lacking FROM hollow WHERE unit = case_row.unit AND period = case_row.archived)
    ) AS lacking
FROM document CROSS JOIN case_row ON case_row.id = document.id
WHERE (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR case_row.unit LIKE :unit OR case_row.unit IN (SELECT value FROM json_each(:merged)))
  AND (NOT :doubtful OR doubtful)
  AND :search IS NULL AND :newest = '[]' AND NOT :by_due
ORDER BY document.document DESC
LIMIT :limit OFFSET :offset
