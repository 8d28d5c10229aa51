SELECT document.id, document.document
FROM (
    SELECT other
    FROM resident_likeness
    WHERE id = ?1 AND likeness = 'same'
      AND other NOT IN (SELECT other FROM resident_word WHERE document = ?2 AND id = ?1 AND NOT linked)
    UNION
    SELECT other FROM resident_word WHERE document = ?2 AND id = ?1 AND linked
) AS same JOIN document ON document.id = same.other
