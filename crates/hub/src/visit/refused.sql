INSERT INTO refused (device, unit, kind, period, author, incarnation, reason, since, last)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
ON CONFLICT DO UPDATE SET
    since = CASE WHEN reason = excluded.reason THEN since ELSE excluded.since END,
    reason = excluded.reason,
    last = excluded.last
