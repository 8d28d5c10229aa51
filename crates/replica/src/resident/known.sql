WITH
    found AS MATERIALIZED (SELECT rowid AS id FROM search WHERE search MATCH :tokens),
    indexed AS (SELECT value FROM counter WHERE name = 'indexed')
SELECT document.id, resident.name AS registered_as, case_no, item_id, state
FROM (
    SELECT id FROM found
    UNION ALL
    SELECT id FROM case_row WHERE id > (SELECT value FROM indexed) AND id_no = :id_no
    UNION ALL
    SELECT id FROM resident WHERE id > (SELECT value FROM indexed) AND id_no = :id_no
) AS of_number
JOIN document ON document.id = of_number.id
LEFT JOIN resident ON resident.id = of_number.id AND resident.id_no = :id_no AND resident.unit = :unit
LEFT JOIN case_row ON case_row.id = of_number.id AND case_row.id_no = :id_no
ORDER BY document.document
