-- What a unit's devices can be brought from here, what costs least first: whole, still on a case, and lacked by a device that
-- counts. Whoever put it there has it. What a device has let go of comes late: whether it is wanted again isn't said; what belongs
-- to a notice of a unit above comes last: nobody below says that it holds that.
SELECT document.unit, partition_kind, document.period, attached.hash, max(attached.size) AS size
FROM attached
JOIN document ON document.id = attached.document
JOIN attachment ON attachment.hash = attached.hash AND attachment.held = attachment.chunks
JOIN device ON device.unit = :to AND device.device <> attached.device
    AND NOT EXISTS (SELECT 1 FROM revoked WHERE revoked.device = device.device)
LEFT JOIN holding ON holding.hash = attached.hash AND holding.unit = document.unit
    AND holding.kind = document.partition_kind AND holding.period = document.period
    AND holding.device = device.device
WHERE NOT removed AND (:all OR NOT coalesce(holding.held, 0))
GROUP BY document.unit, partition_kind, document.period, attached.hash
ORDER BY partition_kind = 'public', min(holding.held IS NOT NULL), max(attached.size), attached.hash
