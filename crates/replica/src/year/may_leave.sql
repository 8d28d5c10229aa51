SELECT EXISTS (SELECT 1 FROM closure WHERE unit = :unit AND year = :year AND root = :root)
    -- all of it signed, under the county's last receipt, and in a backup of the county's store
    AND NOT EXISTS (
        SELECT 1 FROM feed
        WHERE unit = :unit AND kind = :kind AND period = :year
          AND (n > signed_n OR n > after AND (hub_chain IS NULL OR hub_n <> n OR hub_chain <> chain OR backup_n < n))
    )
    -- nothing that doesn't count yet, but for what goes on from work that has left
    AND NOT EXISTS (
        SELECT 1 FROM feed JOIN entry ON entry.feed = feed.id
        WHERE unit = :unit AND feed.kind = :kind AND period = :year AND withheld
          AND NOT EXISTS (SELECT 1 FROM case_row WHERE case_row.id = entry.document AND archived IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM matter WHERE matter.id = entry.document AND archived IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM rating WHERE rating.id = entry.document AND archived IS NOT NULL)
    )
    -- every document a finished case or matter that nobody has to look at, a rating, or gone
    AND NOT EXISTS (
        SELECT 1 FROM document LEFT JOIN case_row ON case_row.id = document.id
        WHERE document.unit = :unit AND partition_kind = :kind AND period = :year
          AND NOT coalesce(
              archived IS NOT NULL OR instr(:finished, ' ' || state || ' ') AND NOT doubtful AND NOT incomplete, 0)
          AND NOT EXISTS (
              SELECT 1 FROM matter
              WHERE matter.id = document.id
                AND (archived IS NOT NULL OR state = 'CLOSED' AND NOT doubtful AND NOT incomplete))
          AND NOT EXISTS (
              SELECT 1 FROM rating
              WHERE rating.id = document.id AND (archived IS NOT NULL OR NOT incomplete))
          AND NOT EXISTS (
              SELECT 1 FROM erasure
              WHERE erasure.document = document.document AND erasure.unit = document.unit
                AND erasure.kind = partition_kind AND erasure.period = document.period)
    )
    -- the bytes of every photo and scan at the county, and in its backup
    AND NOT EXISTS (
        SELECT 1
        FROM document
        JOIN attached ON attached.document = document.id
        JOIN attachment ON attachment.hash = attached.hash AND attachment.held > 0
        WHERE document.unit = :unit AND partition_kind = :kind AND document.period = :year
          AND NOT EXISTS (
              SELECT 1 FROM holding, identity, county_backup
              WHERE holding.hash = attached.hash AND holding.unit = :unit AND holding.kind = :kind
                AND holding.period = :year AND holding.device = identity.hub AND holding.held
                AND holding.at < county_backup.time)
    )
