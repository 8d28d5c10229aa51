INSERT OR REPLACE INTO bad_rating (
    id, rating, unit, rated_on, answered, called_back, excluded, wrong_guide, guide_version
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
