SELECT entry.n
FROM entry LEFT JOIN document ON document.id = entry.document
WHERE entry.feed = ? AND entry.erased IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM erasure
    WHERE erasure.document = document.document AND erasure.unit = document.unit
      AND erasure.kind = document.partition_kind AND erasure.period = document.period
)
