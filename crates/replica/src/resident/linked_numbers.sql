SELECT DISTINCT one.id_no, other.id_no
FROM resident_word
JOIN resident AS one ON one.id = resident_word.id
JOIN resident AS other ON other.id = resident_word.other
WHERE linked AND one.id_no <> '' AND one.id_no < other.id_no
UNION
SELECT former_id_no, id_no
FROM resident
WHERE former_id_no <> '' AND id_no <> ''
