SELECT unit, kind, period, device, incarnation, branch, n, chain FROM feed
ORDER BY unit, kind, period, device, incarnation, branch;
SELECT hash, chunks, held FROM attachment ORDER BY hash;
SELECT count(*) FROM entry;
SELECT count(*) FROM document;
