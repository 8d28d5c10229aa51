SELECT wrong_guide, guide_version, matter_no,
    (SELECT min(version) FROM item WHERE item_id = wrong_guide AND version > guide_version) AS next
FROM bad_rating
JOIN matter ON matter.id = bad_rating.id
WHERE wrong_guide IS NOT NULL AND NOT excluded AND bad_rating.rated_on BETWEEN :from AND :to
  AND (bad_rating.unit BETWEEN :first AND :last OR bad_rating.unit IN (SELECT value FROM json_each(:merged)))
ORDER BY wrong_guide, guide_version, matter_no
