SELECT
    (SELECT count(*) FROM case_row) AS cases,
    (SELECT count(DISTINCT entry.document)
     FROM feed JOIN entry ON entry.feed = feed.id AND entry.n > feed.county_n
     WHERE entry.document IN (SELECT id FROM case_row)) AS pending_cases,
    (SELECT coalesce(sum(n - county_n), 0) FROM feed) AS pending_entries,
    (SELECT max(time) FROM receipt) AS last_receipt,
    (SELECT at FROM failure) AS failed_at,
    (SELECT message FROM failure) AS failure
