SELECT unit, kind, period, device, incarnation, branch, after, n, chain
FROM feed
WHERE unit = ? AND kind = ? AND period = ? AND device = ? AND incarnation = ?
ORDER BY after, branch
