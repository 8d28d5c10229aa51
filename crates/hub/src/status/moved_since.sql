SELECT feed.n - coalesce((
    SELECT checkpoint.n
    FROM checkpoint
    WHERE checkpoint.feed = feed.id AND checkpoint.moment <= ?2
    ORDER BY checkpoint.n DESC LIMIT 1
), feed.after)
FROM feed
WHERE feed.id = ?1
