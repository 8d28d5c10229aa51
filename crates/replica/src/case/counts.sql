WITH pending AS (
    SELECT document, max(here) AS here
    FROM (
        SELECT entry.document, entry.n > max(feed.county_n, feed.township_n) AS here
        FROM feed CROSS JOIN entry ON entry.feed = feed.id AND entry.n > feed.county_n
        UNION ALL
        SELECT document, 1 FROM unanswered
    )
    WHERE EXISTS (SELECT 1 FROM case_row WHERE case_row.id = document)
    GROUP BY document
)
SELECT
    (SELECT coalesce(sum(cases), 0) FROM case_tally)
        + (SELECT count(*) FROM case_row WHERE id > (SELECT value FROM counter WHERE name = 'indexed')) AS cases,
    (SELECT count(*) FROM pending) AS pending_cases,
    (SELECT count(*) FROM pending WHERE NOT here) AS township_cases,
    (SELECT coalesce(sum(n - max(county_n, after, hollow_n)), 0) FROM feed) AS pending_entries,
    -- a township's unit code ends in three zeros, a county's in six
    (SELECT max(time) FROM peer WHERE unit LIKE '%000' AND unit NOT LIKE '%000000') AS township_word,
    (SELECT max(time) FROM receipt) AS last_receipt,
    (SELECT time FROM county_backup) AS county_backup,
    (SELECT at FROM failure) AS failed_at,
    (SELECT message FROM failure) AS failure
