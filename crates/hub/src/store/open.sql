INSERT INTO feed (unit, kind, period, device, incarnation, branch, after, origin, n, chain, moment)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET n = excluded.n, chain = excluded.chain, moment = excluded.moment
RETURNING id
