SELECT count(*)
FROM case_end
WHERE ended_on BETWEEN :from AND :to
  AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
