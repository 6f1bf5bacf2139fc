//! Placeholder.
pub async fn work(_: crate::App) -> crate::Result<()> { Ok(()) }
