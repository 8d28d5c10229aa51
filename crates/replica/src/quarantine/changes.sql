SELECT entry.header, entry.body, entry.packing, entry.erased,
       feed.unit, feed.kind, feed.period, feed.device, feed.incarnation, feed.branch, feed.after,
       entry.id, entry.n,
       entry.withheld NOT IN (0, ?2) OR EXISTS (SELECT 1 FROM verdict WHERE verdict.entry = entry.id) AS unfit,
       reissue.by_entry,
       EXISTS (
           SELECT 1 FROM reissue WHERE reissue.by_entry = entry.id AND reissue.program = ?3
       ) AS repeated
FROM entry
JOIN feed ON feed.id = entry.feed
LEFT JOIN reissue ON reissue.entry = entry.id
WHERE entry.document = ?1 AND entry.kind = 1
ORDER BY entry.id
