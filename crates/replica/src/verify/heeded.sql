SELECT feed.unit, feed.kind, feed.period, feed.device, feed.incarnation, feed.branch, feed.after,
       entry.kind AS entry_kind, entry.body
FROM entry JOIN feed ON feed.id = entry.feed
WHERE entry.kind IN (?, ?, ?, ?, ?)
ORDER BY entry.n
