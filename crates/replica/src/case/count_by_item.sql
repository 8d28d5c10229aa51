SELECT item_id, count(*)
FROM case_row
WHERE registered_on >= ?
GROUP BY item_id
