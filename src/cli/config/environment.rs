//! Settings in variables of the environment.

use super::layer::{Layer, Origin, Setting, Value};
use super::setting::{SETTINGS, SettingName};

/// How the names of the variables begin.
const PREFIX: &str = "WANGGE_";

/// What stands between the values of a list.
const BETWEEN: char = ';';

/// What is set in the environment; a variable that is empty is not set.
pub(super) fn layer() -> Layer {
    layer_of(|name| std::env::var(name).ok())
}

fn layer_of(read: impl Fn(&str) -> Option<String>) -> Layer {
    let setting = |name: &'static SettingName| {
        let variable = format!("{PREFIX}{}", name.key.to_uppercase());
        let written = read(&variable).filter(|text| !text.is_empty())?;
        let value = |text: &str| {
            let text = text.trim();
            // Only settings of the form NAME=VALUE are asked for their names.
            let (name, text) = text.split_once('=').map_or((None, text), |(name, _)| (Some(name), text));
            let name = name.map(str::to_owned);
            Value { name, text: text.to_owned(), origin: Origin::Variable(variable.clone()) }
        };
        Some(Setting { name, command: None, values: written.split(BETWEEN).map(value).collect() })
    };
    Layer { settings: SETTINGS.iter().filter_map(setting).collect(), ..Layer::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_settings_and_lists_are_divided() {
        let layer = layer_of(|name| match name {
            "WANGGE_PACKS" => Some("a; b".to_owned()),
            "WANGGE_GATE" => Some("min_low=3".to_owned()),
            "WANGGE_TOP" => Some(String::new()),
            _ => None,
        });
        let told: Vec<_> = layer
            .settings
            .iter()
            .flat_map(|setting| setting.values.iter().map(|value| (setting.name.key, value.text.as_str())))
            .collect();
        assert_eq!(told, [("packs", "a"), ("packs", "b"), ("gate", "min_low=3")]);
    }
}
