SELECT entry.header, entry.body, entry.packing, entry.erased, entry.id, entry.kind, entry.withheld, feed.device, device.unit,
       entry.n > coalesce(feed.held_after, entry.n)
           AND NOT EXISTS (SELECT 1 FROM review WHERE review.entry = entry.id AND review.accepted) AS held
FROM entry
JOIN feed ON feed.id = entry.feed
LEFT JOIN device ON device.device = feed.device
-- Entries that this program doesn't understand (kind 0) stay out, and are told. What can't be read (1), isn't plain (2), or
-- isn't its feed's (6), is so whatever else arrives; all other judgements are passed anew.
WHERE entry.document = ? AND entry.kind IN (0, 1) AND entry.erased IS NULL
  -- one by one: a list of them is made a table of each time
  AND entry.withheld <> 1 AND entry.withheld <> 2 AND entry.withheld <> 6
ORDER BY entry.id
