SELECT unanswered.document
FROM unanswered JOIN feed ON feed.id = unanswered.feed
WHERE feed.device = ? AND unanswered.document IS NOT NULL
UNION
-- What was found unfit by others alone: what builds on it counts here, and is told by the document.
SELECT entry.document
FROM verdict CROSS JOIN entry ON entry.id = verdict.entry
WHERE entry.withheld = 0 AND entry.document IS NOT NULL
