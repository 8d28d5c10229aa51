INSERT INTO backup (one, folder, every) VALUES (1, ?, ?)
ON CONFLICT (one) DO UPDATE SET folder = excluded.folder, every = excluded.every, failed = NULL, failure = NULL
