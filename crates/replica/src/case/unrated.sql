SELECT case_end.id
FROM case_end
JOIN document ON document.id = case_end.id
JOIN case_row ON case_row.id = case_end.id AND case_row.archived IS NULL
WHERE NOT EXISTS (SELECT 1 FROM rating WHERE rating.about = document.document)
ORDER BY ended_on DESC, case_end.id DESC
LIMIT :limit
