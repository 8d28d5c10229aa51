SELECT feed.unit, feed.kind, period, device, incarnation, hex(branch), entry.n, person, at, what, about, part, rows, reason
FROM access JOIN entry ON entry.id = access.entry JOIN feed ON feed.id = entry.feed
ORDER BY 1, 2, 3, 4, 5, 6, 7;
