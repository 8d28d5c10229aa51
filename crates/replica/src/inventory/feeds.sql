SELECT unit || '/' || kind || '/' || period AS partition, lower(hex(device)) AS device, incarnation,
       length(branch) > 0 AS branch, n, signed_n, county_n, township_n
FROM feed
ORDER BY unit, kind, period, device, incarnation, after
