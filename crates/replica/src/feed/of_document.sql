SELECT entry.header, entry.body, entry.packing, entry.erased,
       feed.unit, feed.kind, feed.period, feed.device, feed.incarnation, feed.branch, feed.after, entry.n
FROM entry JOIN feed ON feed.id = entry.feed
WHERE entry.document = ?
