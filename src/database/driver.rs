//! The drivers, and what the settings of each are.

/// What speaks to a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Driver {
    Sqlite,
    Postgresql,
    Mysql,
    Odbc,
}

impl Driver {
    pub(super) const ALL: [Self; 4] = [Self::Sqlite, Self::Postgresql, Self::Mysql, Self::Odbc];

    /// As it is written.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgresql => "postgresql",
            Self::Mysql => "mysql",
            Self::Odbc => "odbc",
        }
    }

    /// Keys it needs, and others that it takes.
    pub(super) const fn keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Sqlite => (&["path"], &[]),
            Self::Postgresql | Self::Mysql => (&["host", "user", "database"], &["port", "password_env"]),
            Self::Odbc => (&["connection"], &["user", "password_env"]),
        }
    }
}
