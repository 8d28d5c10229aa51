INSERT INTO backup (one, folder, every, made, made_in) VALUES (1, '', 1, ?, ?)
ON CONFLICT (one) DO UPDATE SET made = excluded.made, made_in = excluded.made_in, failed = NULL, failure = NULL
