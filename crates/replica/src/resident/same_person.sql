SELECT other
FROM resident_likeness
WHERE id = ?1 AND likeness = 'same'
  AND other NOT IN (SELECT other FROM resident_word WHERE id = ?1 AND NOT linked)
UNION
SELECT other FROM resident_word WHERE id = ?1 AND linked
