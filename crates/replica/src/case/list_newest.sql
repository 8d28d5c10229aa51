SELECT *,
    NOT EXISTS (
        SELECT 1 FROM entry JOIN feed ON feed.id = entry.feed
        WHERE entry.document = case_row.id AND (entry.n > feed.county_n OR entry.withheld)
    ) AS at_county
FROM case_row
WHERE (:states = '' OR instr(:states, ' ' || state || ' '))
  AND (:unit IS NULL OR unit LIKE :unit)
  AND (NOT :doubtful OR doubtful)
  AND :search IS NULL AND NOT :by_due
ORDER BY registered_on DESC, case_no DESC
LIMIT :limit OFFSET :offset
