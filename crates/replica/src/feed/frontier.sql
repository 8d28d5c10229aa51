-- The last entry of each of a device's feeds, those of one partition first.
SELECT entry.header, entry.body, entry.packing, entry.erased,
       feed.unit = :unit AND feed.kind = :kind AND feed.period = :period AS there
FROM feed
JOIN entry ON entry.feed = feed.id AND entry.n = feed.n
WHERE feed.device = :device
ORDER BY there DESC
