SELECT entry.header, entry.body, entry.packing, entry.erased, feed.device, (
    SELECT checkpoint.receipt
    FROM checkpoint
    WHERE checkpoint.feed = entry.feed AND checkpoint.n >= entry.n
    ORDER BY checkpoint.n LIMIT 1
) AS receipt
FROM entry JOIN feed ON feed.id = entry.feed
WHERE entry.document = ?
