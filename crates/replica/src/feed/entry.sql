SELECT header, body, packing, erased
FROM feed JOIN entry ON entry.feed = feed.id AND entry.n = ?
WHERE unit = ? AND feed.kind = ? AND period = ? AND device = ? AND incarnation = ? AND branch = ?
