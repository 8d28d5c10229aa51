UPDATE feed
SET n = branch.n, chain = branch.chain, origin = :chain, actor = branch.actor,
    signed_n = max(branch.signed_n, :n),
    signed_chain = CASE WHEN branch.signed_n > :n THEN branch.signed_chain ELSE :chain END,
    unsigned_bytes = branch.unsigned_bytes,
    county_n = CASE WHEN branch.county_n > :n THEN branch.county_n ELSE feed.county_n END,
    once_n = CASE WHEN branch.once_n > :n THEN branch.once_n ELSE feed.once_n END,
    backup_n = CASE WHEN branch.backup_n > :n THEN branch.backup_n ELSE feed.backup_n END,
    township_n = CASE WHEN branch.township_n > :n THEN branch.township_n ELSE feed.township_n END
FROM feed AS branch
WHERE feed.id = :branch AND branch.id = :feed
