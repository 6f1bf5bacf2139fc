//! Identifiers that cannot be mistaken for one another, and choices stored as text.

/// Declares identifier types: UUIDs, version 7 when made by us. The only place that knows how an
/// id is stored and described.
#[macro_export]
macro_rules! ids {
    ($( $(#[$doc:meta])* $name:ident )+) => {
        $(
            $(#[$doc])*
            #[derive(
                Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
                serde::Serialize, serde::Deserialize, utoipa::ToSchema,
            )]
            #[serde(transparent)]
            #[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
            pub struct $name(pub uuid::Uuid);

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl std::str::FromStr for $name {
                type Err = uuid::Error;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    text.parse().map(Self)
                }
            }

            /// Required of a primary key; only databases that number rows themselves use it.
            #[cfg(feature = "db")]
            impl sea_orm::TryFromU64 for $name {
                fn try_from_u64(n: u64) -> Result<Self, sea_orm::DbErr> {
                    uuid::Uuid::try_from_u64(n).map(Self)
                }
            }
        )+
    };
}

/// Declares enums that travel and are stored as snake_case text, with the Chinese label that
/// screens and tables show.
#[macro_export]
macro_rules! choices {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$vdoc:meta])* $variant:ident $label:literal ),+ $(,)? } )+) => {
        $(
            $(#[$doc])*
            #[derive(
                Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
                serde::Serialize, serde::Deserialize, utoipa::ToSchema,
            )]
            #[serde(rename_all = "snake_case")]
            #[cfg_attr(feature = "db", derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum))]
            #[cfg_attr(feature = "db", sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case"))]
            pub enum $name { $( $(#[$vdoc])* #[doc = $label] $variant ),+ }

            impl $name {
                pub const ALL: &[Self] = &[$( Self::$variant ),+];

                /// What screens and tables call it.
                pub const fn label(self) -> &'static str {
                    match self { $( Self::$variant => $label ),+ }
                }
            }
        )+
    };
}
