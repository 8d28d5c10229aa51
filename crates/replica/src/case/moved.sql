SELECT case_no, unit, item_id, item_version, applicant_name, phone, told, told_clock, told_now, told_now_provisional
FROM case_row
WHERE told IS NOT NULL
ORDER BY told, id
LIMIT ?
