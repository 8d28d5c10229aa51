INSERT INTO feed (unit, kind, period, device, incarnation, branch, after, origin, n, chain, signed_n, signed_chain, unsigned_bytes, county_n)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?7, ?9, ?7, ?9, 0, 0)
