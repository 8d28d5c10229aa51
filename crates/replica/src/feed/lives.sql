SELECT *
FROM feed
WHERE unit = ? AND kind = ? AND period = ? AND device = ? AND incarnation = ? AND (n > after OR branch = x'')
ORDER BY after, branch
