SELECT batch, min(case_row.unit) AS unit, count(*) AS cases, sum(under_way) AS under_way, sum(differs) AS differing
FROM hand_over JOIN case_row USING (id)
WHERE batch IN (
    SELECT batch FROM hand_over WHERE under_way
    UNION
    SELECT * FROM (SELECT DISTINCT batch FROM hand_over ORDER BY batch DESC LIMIT ?1)
)
GROUP BY batch
ORDER BY sum(under_way) = 0, batch DESC
LIMIT ?1
