//! 标准仓: standards by version and clause, what of them is taught and examined, and finding it.

pub mod entity;
