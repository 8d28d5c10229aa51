SELECT DISTINCT hash FROM attached
WHERE device = ?1
  AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.hash = attached.hash AND (held = chunks OR purged))
  AND NOT EXISTS (SELECT 1 FROM holding WHERE holding.hash = attached.hash AND holding.device = ?2 AND holding.held)
