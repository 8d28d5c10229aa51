SELECT *,
    coalesce(
        (SELECT max(lacking) FROM whereabouts WHERE document = matter.id),
        (SELECT lacking FROM hollow WHERE unit = matter.unit AND period = matter.archived)
    ) AS lacking
FROM matter
WHERE (:unit IS NULL OR unit LIKE :unit)
  AND (:kind IS NULL OR kind = :kind)
  AND (NOT :open OR state <> 'CLOSED')
  AND (:due IS NULL OR due <= :due)
ORDER BY due, matter_no
LIMIT :limit OFFSET :offset
