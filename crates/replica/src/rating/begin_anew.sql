DELETE FROM rating WHERE archived IS NULL;
DELETE FROM bad_rating WHERE id NOT IN (SELECT id FROM matter);
DELETE FROM case_end WHERE id NOT IN (SELECT id FROM case_row);
