SELECT feed.unit, feed.kind, feed.period, feed.device, feed.incarnation, feed.branch, feed.after, stretch.id, stretch.first, stretch.entries
FROM document
JOIN stretch ON stretch.id = document.stretch
JOIN feed ON feed.id = stretch.feed
WHERE document.document = ? AND feed.unit = ? AND feed.kind = ? AND feed.period = ?
