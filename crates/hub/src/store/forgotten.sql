SELECT unit, kind, period, hash FROM holding
WHERE held AND NOT EXISTS (
    SELECT 1 FROM attachment WHERE attachment.hash = holding.hash AND attachment.held = attachment.chunks
)
ORDER BY unit, kind, period, hash
