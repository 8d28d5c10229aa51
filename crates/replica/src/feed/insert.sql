INSERT INTO feed (unit, kind, period, device, incarnation, n, chain, signed_n, signed_chain, unsigned_bytes, county_n)
VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, 0, ?6, 0, 0)
