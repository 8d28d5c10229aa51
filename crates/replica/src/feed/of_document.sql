SELECT feed.unit, feed.kind, feed.period, feed.device, feed.incarnation, entry.n, entry.header, entry.body
FROM entry JOIN feed ON feed.id = entry.feed
WHERE entry.document = ?
