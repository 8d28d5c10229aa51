UPDATE feed
SET backup_n = max(backup_n, coalesce((
    SELECT checkpoint.n
    FROM checkpoint
    WHERE checkpoint.feed = feed.id AND checkpoint.n <= feed.county_n AND checkpoint.moment <= ?1
    ORDER BY checkpoint.n DESC LIMIT 1
), 0))
