//! Files are found by their content: one that comes in a course package may be known here.

super::sql_migration!("CREATE INDEX media_sha256 ON media (sha256);");
