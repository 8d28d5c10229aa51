SELECT min(one.document, another.document) AS one, max(one.document, another.document) AS another, likeness
FROM resident_likeness
LEFT JOIN resident_word USING (id, other)
JOIN document AS one ON one.id = resident_likeness.id
JOIN document AS another ON another.id = resident_likeness.other
WHERE resident_likeness.id < resident_likeness.other AND likeness <> 'namesake' AND linked IS NULL
ORDER BY likeness = 'same', likeness <> 'contradiction', 2 DESC, 1
LIMIT ?
