SELECT resident_link.id
FROM resident_link JOIN document USING (id)
WHERE one = ? AND one_unit = ? AND other = ? AND other_unit = ?
  AND partition_kind = 'internal' AND document.unit = ?
ORDER BY document
