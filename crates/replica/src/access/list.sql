SELECT feed.unit, feed.kind, feed.period, feed.device, feed.incarnation, feed.branch, feed.after, entry.n,
       person, at, what, about, part, rows, reason, coalesce(entry.n > feed.held_after, FALSE) AS held
FROM access
JOIN entry ON entry.id = access.entry
JOIN feed ON feed.id = entry.feed
WHERE at >= :since AND (:unit IS NULL OR feed.unit LIKE :unit || '%')
  AND (:about IS NULL OR about = :about
       -- a month's ledger of its unit, or of one above
       OR part = :part AND instr(:within, about))
ORDER BY at DESC, access.entry DESC
LIMIT :limit
