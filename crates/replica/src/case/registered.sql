SELECT id
FROM case_row
WHERE registered_on BETWEEN :from AND :to
  AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
ORDER BY registered_on, made, id
