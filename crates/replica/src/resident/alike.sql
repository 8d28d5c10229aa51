SELECT min(one.document, another.document) AS one, max(one.document, another.document) AS another, likeness
FROM resident_likeness
JOIN document AS one ON one.id = resident_likeness.id
JOIN document AS another ON another.id = resident_likeness.other
WHERE resident_likeness.id < resident_likeness.other AND likeness <> 'namesake'
  AND (resident_likeness.id, resident_likeness.other) NOT IN (SELECT id, other FROM resident_word)
ORDER BY likeness = 'same', likeness <> 'contradiction', 2 DESC, 1
LIMIT ?
