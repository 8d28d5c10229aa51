INSERT OR IGNORE INTO person_key (person, key)
SELECT person, another_key.key FROM another_key JOIN person USING (person, device)
WHERE person = ?1 AND EXISTS (SELECT 1 FROM person_key WHERE person_key.person = ?1)
