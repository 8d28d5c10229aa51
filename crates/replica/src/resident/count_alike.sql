SELECT count(*) AS pairs, sum(likeness <> 'same') AS open
FROM resident_likeness LEFT JOIN resident_word USING (id, other)
WHERE id < other AND likeness <> 'namesake' AND linked IS NULL
