SELECT *,
    coalesce(
        (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id),
        (SELECT lacking FROM hollow WHERE unit = case_row.unit AND period = case_row.archived)
    ) AS lacking
FROM case_row
WHERE (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR unit LIKE :unit)
  AND (NOT :doubtful OR doubtful)
  AND :search IS NULL AND NOT :by_due
ORDER BY registered_on DESC, case_no DESC
LIMIT :limit OFFSET :offset
