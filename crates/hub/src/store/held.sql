-- What this store holds whole, for whose readers, and how large it is at the most, in bytes.
SELECT unit, kind, period, holding.hash, attachment.chunks * 65536 AS size
FROM holding JOIN attachment ON attachment.hash = holding.hash
WHERE holding.held AND attachment.held = attachment.chunks
