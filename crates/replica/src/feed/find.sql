SELECT id, n, chain, signed_n, signed_chain, unsigned_bytes, actor
FROM feed
WHERE unit = ? AND kind = ? AND period = ? AND device = ? AND incarnation = ?
