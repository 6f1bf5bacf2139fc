//! Links that were carried over kept saying whether the clause before was an 应-clause.

super::sql_migration!(
    "
    UPDATE clause_links SET must = NOT must
    WHERE must <> EXISTS (SELECT 1 FROM clauses WHERE clauses.id = clause_links.clause_id AND clauses.must);
    "
);
