SELECT entry.header, entry.body, entry.packing, entry.erased,
       feed.unit, feed.kind, feed.period, feed.device, feed.incarnation, feed.branch, feed.after,
       entry.id AS entry, entry.n AS number, entry.withheld, entry.document,
       document.document AS document_id
FROM entry
JOIN feed ON feed.id = entry.feed
LEFT JOIN document ON document.id = entry.document
WHERE entry.withheld > 0 AND entry.withheld NOT IN (?2, ?3)
  AND feed.device <> ?1
  AND NOT EXISTS (SELECT 1 FROM verdict WHERE verdict.entry = entry.id)
  AND NOT EXISTS (SELECT 1 FROM reissue WHERE reissue.entry = entry.id)
