SELECT case_row.*,
    coalesce(
        (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id),
        (SELECT lacking FROM hollow WHERE unit = case_row.unit AND period = case_row.archived)
    ) AS lacking
FROM case_row
WHERE id IN (SELECT rowid FROM search WHERE search MATCH :search UNION ALL SELECT value FROM json_each(:newest))
  AND (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR unit LIKE :unit OR unit IN (SELECT value FROM json_each(:merged)))
  AND (NOT :doubtful OR doubtful)
  AND (NOT :by_due OR due IS NOT NULL)
ORDER BY CASE WHEN :by_due THEN due END, CASE WHEN NOT :by_due THEN registered_on END DESC, CASE WHEN :by_due THEN case_no END, case_no DESC
LIMIT :limit OFFSET :offset
