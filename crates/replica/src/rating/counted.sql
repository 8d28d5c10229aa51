SELECT document.document, about, nth, grade, rating.rated_on, named,
    coalesce(max(answered), 0) AS answered,
    coalesce(max(called_back), 0) AS called_back,
    coalesce(max(excluded), 0) AS excluded
FROM rating
JOIN document ON document.id = rating.id
LEFT JOIN bad_rating ON bad_rating.rating = document.document
WHERE about IN (
    SELECT about FROM rating
    WHERE nth = 1 AND rated_on BETWEEN :from AND :to
      AND (unit BETWEEN :first AND :last OR unit IN (SELECT value FROM json_each(:merged)))
)
GROUP BY rating.id
