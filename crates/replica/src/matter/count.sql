SELECT count(*)
FROM matter
WHERE (:unit IS NULL OR unit LIKE :unit)
  AND (:kind IS NULL OR kind = :kind)
  AND (NOT :open OR state <> 'CLOSED')
  AND (:due IS NULL OR due <= :due)
