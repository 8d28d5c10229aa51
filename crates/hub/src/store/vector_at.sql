SELECT unit, kind, period, device, incarnation, branch, after, feed.n, feed.chain
FROM feed
WHERE feed.moment <= ?1 AND feed.n > feed.after
UNION ALL
SELECT unit, kind, period, device, incarnation, branch, after, checkpoint.n, checkpoint.chain
FROM feed JOIN checkpoint ON checkpoint.feed = feed.id
WHERE feed.moment > ?1 AND checkpoint.n = (
    SELECT max(n) FROM checkpoint AS earlier WHERE earlier.feed = feed.id AND earlier.moment <= ?1
)
