//! Passwords: from the environment alone, and never shown.

use std::fmt;

/// A password.
pub(super) struct Password(String);

impl Password {
    /// The one in a variable of the environment, if it is set.
    pub(super) fn in_variable(name: &str) -> Option<Self> {
        std::env::var(name).ok().map(Self)
    }

    /// As the driver takes it.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("***")
    }
}

/// What a database says, without the password, which some repeat.
pub(super) fn hidden(said: &str, password: Option<&Password>) -> String {
    let password = password.map(Password::reveal).filter(|password| !password.is_empty());
    password.map_or_else(|| said.to_owned(), |password| said.replace(password, "***"))
}
