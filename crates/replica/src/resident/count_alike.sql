SELECT count(*) AS pairs, sum(likeness <> 'same') AS open
FROM resident_likeness
WHERE id < other AND likeness <> 'namesake' AND (id, other) NOT IN (SELECT id, other FROM resident_word)
