//! Passwords: from the environment alone, and never shown.

use std::env::{self, VarError};
use std::fmt;

use super::settings_error::SettingsFault;
use crate::model::text::Text;

/// A password.
pub(super) struct Password(String);

impl Password {
    /// The one in a variable of the environment.
    ///
    /// # Errors
    /// It is not set, or no text.
    pub(super) fn in_variable(name: &str) -> Result<Self, SettingsFault> {
        // What no variable can be called, none is.
        let is_name = !name.is_empty() && !name.contains(['=', '\0']);
        let value = if is_name { env::var(name) } else { Err(VarError::NotPresent) };
        value.map(Self).map_err(|error| match error {
            VarError::NotPresent => SettingsFault::Variable(name.to_owned()),
            VarError::NotUnicode(_) => SettingsFault::NoText(name.to_owned()),
        })
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

/// Attributes of connection strings of ODBC that say who logs in, in small letters.
const LOGIN: [&str; 6] = ["uid", "pwd", "user", "username", "user id", "password"];

/// The first attribute of a connection string that says who logs in, in small letters.
pub(super) fn login_in(connection: &str) -> Option<String> {
    let mut names =
        connection.split(';').filter_map(|one| Some(one.split_once('=')?.0.trim().to_lowercase()));
    names.find(|name| LOGIN.contains(&name.as_str()))
}

/// A value in a connection string of ODBC: in braces, whatever it holds.
pub fn braced(value: &str) -> String {
    format!("{{{}}}", value.replace('}', "}}"))
}

/// A text without a password, as it is or as a connection string holds it.
pub fn without_password(said: &str, password: &str) -> String {
    if password.is_empty() {
        return said.to_owned();
    }
    said.replace(&braced(password), "***")
        .replace(&password.replace('}', "}}"), "***")
        .replace(password, "***")
}

/// What a database says, without the password, which some repeat.
pub(super) fn hidden(said: &Text, password: Option<&Password>) -> Text {
    password
        .map_or_else(|| said.clone(), |password| said.map(|said| without_password(said, password.reveal())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_hidden_in_each_of_its_forms() {
        assert_eq!(
            without_password("login of a with p}w; PWD={p}}w}", "p}w"),
            "login of a with ***; PWD=***"
        );
        assert_eq!(without_password("PWD={p;w}", "p;w"), "PWD=***");
        assert_eq!(without_password("nothing", ""), "nothing");
        assert_eq!(braced(" a;b=}"), "{ a;b=}}}");
    }

    #[test]
    fn no_name_of_a_variable_is_told_as_one_that_is_not_set() {
        for name in ["", "A=B", "A\0"] {
            assert_eq!(Password::in_variable(name).err(), Some(SettingsFault::Variable(name.to_owned())));
        }
    }
}
