SELECT entry.id, entry.header, entry.body, feed.device, feed.unit AS partition_unit, device.unit AS author_unit
FROM entry
JOIN feed ON feed.id = entry.feed
LEFT JOIN device ON device.device = feed.device
WHERE entry.document = ? AND entry.kind = ? AND NOT entry.withheld AND entry.erased IS NULL
ORDER BY entry.id
