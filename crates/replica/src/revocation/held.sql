SELECT entry.header, entry.body, entry.packing, entry.erased,
       feed.unit, feed.kind, feed.period, feed.device, feed.incarnation, feed.branch, feed.after,
       entry.n AS number, held.waiting, held.accepted
FROM held
JOIN entry ON entry.id = held.id
JOIN feed ON feed.id = held.feed
WHERE held.document = ?
ORDER BY entry.id
