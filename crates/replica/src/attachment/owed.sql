UPDATE attached SET owed = CASE
    WHEN EXISTS (SELECT 1 FROM attachment WHERE attachment.hash = attached.hash AND held = chunks)
        THEN NOT EXISTS (
            SELECT 1 FROM holding JOIN document ON document.id = attached.document
            WHERE holding.hash = attached.hash AND holding.unit = document.unit
              AND holding.kind = document.partition_kind AND holding.period = document.period
              AND holding.device = (SELECT hub FROM identity) AND holding.held)
    WHEN removed OR EXISTS (SELECT 1 FROM attachment WHERE attachment.hash = attached.hash AND purged)
        THEN 0
    ELSE 2 * EXISTS (
        SELECT 1 FROM holding JOIN document ON document.id = attached.document
        WHERE holding.hash = attached.hash AND holding.unit = document.unit
          AND holding.kind = document.partition_kind AND holding.period = document.period
          AND holding.device = (SELECT hub FROM identity) AND holding.held)
END
WHERE hash = ?
