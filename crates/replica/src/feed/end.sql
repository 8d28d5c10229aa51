UPDATE feed
SET n = :n, chain = :chain, signed_n = :n, signed_chain = :chain, unsigned_bytes = 0, actor = NULL,
    county_n = min(county_n, :n), once_n = min(once_n, :n), backup_n = min(backup_n, :n), township_n = min(township_n, :n)
WHERE id = :feed
