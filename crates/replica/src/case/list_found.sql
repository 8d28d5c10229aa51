SELECT case_row.*,
    NOT EXISTS (
        SELECT 1 FROM entry JOIN feed ON feed.id = entry.feed
        WHERE entry.document = case_row.id AND (entry.n > feed.county_n OR entry.withheld)
    ) AS at_county
FROM search JOIN case_row ON case_row.id = search.rowid
WHERE (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR unit LIKE :unit)
  AND (NOT :doubtful OR doubtful)
  AND (NOT :by_due OR due IS NOT NULL)
  AND search MATCH :search
ORDER BY CASE WHEN :by_due THEN due END, CASE WHEN NOT :by_due THEN registered_on END DESC, CASE WHEN :by_due THEN case_no END, case_no DESC
LIMIT :limit OFFSET :offset
