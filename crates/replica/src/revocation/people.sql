-- Everybody of whom a unit and those below it hold something: by number, without one by name and telephone.
WITH known AS (
    SELECT name, id_no, phone, address, 1 AS resident, 0 AS cases, 0 AS photos
    FROM resident JOIN document USING (id) WHERE document.unit LIKE :unit || '%'
    UNION ALL
    SELECT applicant_name, id_no, phone, '', 0, 1, EXISTS (SELECT 1 FROM attached WHERE attached.document = case_row.id)
    FROM case_row WHERE unit LIKE :unit || '%'
)
SELECT max(name) AS name, max(id_no) AS id_no, max(phone) AS phone, max(address) AS address,
       max(resident) AS resident, sum(cases) AS cases, sum(photos) AS photos
FROM known
WHERE name <> '' OR id_no <> ''
GROUP BY CASE WHEN id_no <> '' THEN id_no ELSE name || ' ' || phone END
ORDER BY 1, 2
