SELECT feed.*, checkpoint.n AS last, checkpoint.chain AS last_chain
FROM feed JOIN checkpoint ON checkpoint.feed = feed.id
WHERE feed.device = :device
  AND checkpoint.n = (
      SELECT max(n) FROM checkpoint AS signed
      WHERE signed.feed = feed.id AND (:since IS NULL OR signed.receipt <= :since)
  )
