SELECT document, header FROM feed CROSS JOIN entry ON entry.feed = feed.id
WHERE feed.device = ? AND document IS NOT NULL
