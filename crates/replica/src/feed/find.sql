SELECT id, origin, n, chain, unsigned_bytes, actor, hollow_n, held_after
FROM feed
WHERE unit = ? AND kind = ? AND period = ? AND device = ? AND incarnation = ? AND branch = ?
