SELECT other FROM resident_link WHERE id = ?1
UNION
SELECT document FROM resident_link JOIN document USING (id) WHERE other = ?2
