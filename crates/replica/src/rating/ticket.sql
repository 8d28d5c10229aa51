SELECT matter.id, matter_no, owner, answered, called_back, excluded
FROM bad_rating
JOIN matter ON matter.id = bad_rating.id
JOIN document ON document.id = bad_rating.id
WHERE rating = ?
ORDER BY document.document
LIMIT 1
