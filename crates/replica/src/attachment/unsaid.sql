-- What this device hasn't said of the photos and scans of its cases: that it holds one whole, or has let it go. Of a year that
-- is closed nothing more is said: the county has signed for what there is.
SELECT document.unit, partition_kind, document.period, attached.hash,
    coalesce(attachment.held = attachment.chunks, 0) AS here
FROM attached
JOIN document ON document.id = attached.document
LEFT JOIN attachment ON attachment.hash = attached.hash
WHERE NOT EXISTS (SELECT 1 FROM closure WHERE closure.unit = document.unit AND closure.year = document.period)
GROUP BY document.unit, partition_kind, document.period, attached.hash
HAVING (here OR min(removed) OR coalesce(max(purged), 0))
    AND here IS NOT (
        SELECT holding.held FROM holding
        WHERE holding.hash = attached.hash AND holding.unit = document.unit
          AND holding.kind = document.partition_kind AND holding.period = document.period AND holding.device = ?)
ORDER BY document.unit, partition_kind, document.period, here
