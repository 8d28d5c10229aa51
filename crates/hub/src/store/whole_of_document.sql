SELECT entry.id, entry.header, entry.body, entry.erased
FROM entry JOIN feed ON feed.id = entry.feed
WHERE entry.document = ? AND feed.unit = ? AND feed.kind = ? AND feed.period = ? AND entry.erased IS NULL
