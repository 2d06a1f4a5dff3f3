//! A compiled rule: its text, its metadata, its parameters.

use rhai::{AST, Array, Dynamic, Map};

use super::coverage::Probe;
pub use super::engine::Libraries;
use super::engine::check_size;
use super::limits;
use crate::model::finding::Severity;
use crate::model::text::Text;
use crate::resources::progress::{self, ProgressEvent};
use crate::script::compile::Closures;
use crate::script::error::{self, RuleFault, Script};
use crate::script::syntax::tree::SyntaxTree;

/// What the literal `META` of a rule says, read without running it.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// Item or structural clause the rule decides.
    pub id: String,
    /// Title: the first line of its doc comment.
    pub title: String,
    /// The rest of its doc comment.
    pub doc: String,
    /// Clauses a structural rule decides.
    pub clauses: Vec<String>,
    /// It says what in a submission is not to be believed: it runs before the others.
    pub plausibility: bool,
    /// How grave its findings are, where the force of its clauses does not say.
    pub severity: Option<Severity>,
    pub(crate) params: Map,
}

/// A rule, compiled once and shared by all organizations and threads.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What it says of itself.
    pub meta: Metadata,
    /// Path inside its pack.
    pub file: String,
    /// Its text.
    pub source: String,
    pub(crate) ast: AST,
    pub(crate) takes_parameters: bool,
    /// Whether its functions may use what its statements outside of functions define.
    pub(crate) has_globals: bool,
    pub(crate) closures: Closures,
    /// Bytes it holds in memory.
    pub bytes: usize,
}

const KEYS: [&str; 5] = ["id", "params", "clauses", "severity", "plausibility"];

impl Rule {
    /// Compiles `source`, the text of `file`.
    ///
    /// # Errors
    ///
    /// It does not compile, or lacks `META` or `check`.
    pub fn compile(libraries: &Libraries, file: &str, source: &str) -> Result<Self, RuleFault> {
        check_size(&Script { rule: file, file, source })?;
        Self::of_any_size(libraries, file, source)
    }

    /// The same rule over libraries that are measured, taking notes of the ways that are taken through it.
    ///
    /// # Errors
    ///
    /// It cannot be measured.
    pub fn measured(&self, libraries: &Libraries, probe: &Probe) -> Result<Self, RuleFault> {
        let (noted, before) = probe.put_notes(&self.file, &self.source);
        let rule = Self::of_any_size(libraries, &self.file, &noted).inspect_err(|_| probe.forget(before))?;
        Ok(Self { meta: self.meta.clone(), ..rule })
    }

    fn of_any_size(libraries: &Libraries, file: &str, source: &str) -> Result<Self, RuleFault> {
        progress::announce(ProgressEvent::Script, file);
        let (rule, bytes) = limits::compile(|| Self::parse(libraries, file, source));
        rule.map(|rule| Self { bytes, ..rule })
    }

    fn parse(libraries: &Libraries, file: &str, source: &str) -> Result<Self, RuleFault> {
        let script = Script { rule: file, file, source };
        script.check_signs()?;
        let engine = &libraries.engine;
        let mut ast = engine.compile(source).map_err(|error| script.parse_fault(engine, &error))?;
        ast.set_source(file);
        let meta = metadata(&ast, file)?;
        let arity = ast.iter_functions().find(|function| function.name == "check").map(|f| f.params.len());
        let Some(arity @ 1..=2) = arity else { return Err(no_check(file)) };
        let (file, source) = (file.to_owned(), source.to_owned());
        let closures = Closures::with(&libraries.closures, &SyntaxTree::read(&ast));
        let has_globals = ast.statements().len() > 1 || source.contains("global");
        let takes_parameters = arity == 2;
        Ok(Self { meta, file, source, ast, takes_parameters, has_globals, closures, bytes: 0 })
    }

    /// Puts a pack's value in place of a parameter; it must be of the same type.
    ///
    /// # Errors
    ///
    /// What it does not fit.
    pub fn set_parameter(&mut self, name: &str, value: &toml::Value) -> Result<(), Text> {
        let wrong = || wrong_type(&self.meta.id, name);
        let given = from_toml(value).ok_or_else(wrong)?;
        let declared = self.meta.params.get(name).filter(|old| old.type_id() == given.type_id());
        declared.ok_or_else(wrong)?;
        self.meta.params.insert(name.into(), given);
        Ok(())
    }

    /// Gives the rule a parameter that its pack declares; where the rule has it already it is of the same type.
    ///
    /// # Errors
    ///
    /// It is of another type.
    pub fn declare_parameter(&mut self, name: &str, value: &toml::Value) -> Result<(), Text> {
        if self.meta.params.contains_key(name) {
            return self.set_parameter(name, value);
        }
        let given = from_toml(value).ok_or_else(|| wrong_type(&self.meta.id, name))?;
        self.meta.params.insert(name.into(), given);
        Ok(())
    }

    /// A parameter in force, as a rule would write it.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.meta.params.get(name).map(literal)
    }

    /// The entries of a parameter that is a list of texts or whole numbers.
    pub fn parameter_list(&self, name: &str) -> Option<Vec<toml::Value>> {
        let list = self.meta.params.get(name)?.clone().into_array().ok()?;
        list.into_iter().map(to_toml).collect()
    }

    /// Line and reason of the rule's closures that no kernel can stand for: they are interpreted, row by row.
    pub fn interpreted_closures(&self) -> Vec<(usize, Text)> {
        self.closures.interpreted()
    }

    /// Parameters in force, as a rule would write them.
    pub fn parameters(&self) -> Vec<(String, String)> {
        self.meta.params.iter().map(|(name, value)| (name.to_string(), literal(value))).collect()
    }

    pub(crate) fn script(&self) -> Script<'_> {
        Script { rule: &self.meta.id, file: &self.file, source: &self.source }
    }
}

fn metadata(ast: &AST, file: &str) -> Result<Metadata, RuleFault> {
    let literal = ast.iter_literal_variables(true, false).find(|(name, _, _)| *name == "META");
    let map = literal.and_then(|(_, _, value)| value.try_cast::<Map>()).ok_or_else(|| no_meta(file))?;
    if let Some(key) = map.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(unknown_key(file, key));
    }
    let id = map.get("id").and_then(|id| id.clone().into_string().ok()).ok_or_else(|| no_meta(file))?;
    let doc =
        ast.doc().lines().map(|line| line.trim_start_matches("//!").trim()).collect::<Vec<_>>().join("\n");
    let (title, rest) = doc.trim().split_once('\n').unwrap_or((doc.trim(), ""));
    Ok(Metadata {
        id,
        title: title.to_owned(),
        doc: rest.trim().to_owned(),
        clauses: map.get("clauses").map(texts).unwrap_or_default(),
        plausibility: map.get("plausibility").map_or(Ok(false), |value| plausibility(value, file))?,
        severity: map.get("severity").map(|word| severity(word, file)).transpose()?,
        params: map.get("params").and_then(|params| params.clone().try_cast()).unwrap_or_default(),
    })
}

/// A parameter as a reader sees it: texts without quotes, lists with commas, maps by key.
fn literal(value: &Dynamic) -> String {
    if let Some(map) = value.read_lock::<Map>() {
        return map
            .iter()
            .map(|(key, value)| format!("{key}: {}", literal(value)))
            .collect::<Vec<_>>()
            .join("; ");
    }
    match value.clone().into_array() {
        Ok(list) => list.iter().map(literal).collect::<Vec<_>>().join(", "),
        Err(_) => value.to_string(),
    }
}

fn texts(value: &Dynamic) -> Vec<String> {
    let list = value.clone().into_array().unwrap_or_default();
    list.into_iter().filter_map(|text| text.into_string().ok()).collect()
}

fn severity(word: &Dynamic, file: &str) -> Result<Severity, RuleFault> {
    match word.to_string().as_str() {
        "error" => Ok(Severity::Error),
        "warning" => Ok(Severity::Warning),
        "advice" => Ok(Severity::Advice),
        other => {
            let message =
                Text::new(format!("没有严重程度“{other}”"), format!("there is no severity `{other}`"));
            let help = Text::new("可取 error、warning、advice", "it is error, warning or advice");
            Err(RuleFault::whole(file, file, message, help))
        }
    }
}

fn plausibility(value: &Dynamic, file: &str) -> Result<bool, RuleFault> {
    value.as_bool().map_err(|_| {
        let message = Text::new("META 的 plausibility 不是逻辑值", "plausibility in META is no truth value");
        let help = Text::new("只能写 true 或 false", "it is true or false");
        RuleFault::whole(file, file, message, help)
    })
}

fn from_toml(value: &toml::Value) -> Option<Dynamic> {
    match value {
        toml::Value::String(text) => Some(text.into()),
        toml::Value::Integer(number) => Some((*number).into()),
        toml::Value::Boolean(yes) => Some((*yes).into()),
        toml::Value::Array(list) => list.iter().map(from_toml).collect::<Option<Array>>().map(Into::into),
        toml::Value::Table(table) => {
            let entry =
                |(key, value): (&String, &toml::Value)| Some((key.as_str().into(), from_toml(value)?));
            table.iter().map(entry).collect::<Option<Map>>().map(Into::into)
        }
        toml::Value::Float(_) | toml::Value::Datetime(_) => None,
    }
}

fn to_toml(value: Dynamic) -> Option<toml::Value> {
    match value.as_int() {
        Ok(number) => Some(toml::Value::Integer(number)),
        Err(_) => value.into_string().ok().map(toml::Value::String),
    }
}

fn no_check(file: &str) -> RuleFault {
    let message = Text::new("规则没有 check 函数", "the rule has no function `check`");
    let help = Text::new("写成 fn check(t) 或 fn check(t, p)", "write fn check(t) or fn check(t, p)");
    RuleFault::whole(file, file, message, help)
}

fn no_meta(file: &str) -> RuleFault {
    let message =
        Text::new("规则没有写明 id 的 META 常量", "the rule has no literal constant META with an id");
    let help =
        Text::new("例如 const META = #{ id: \"A.1.1\" };", "for example const META = #{ id: \"A.1.1\" };");
    RuleFault::whole(file, file, message, help)
}

fn unknown_key(file: &str, key: &str) -> RuleFault {
    let message =
        Text::new(format!("META 中有不认识的键“{key}”"), format!("META has an unknown key `{key}`"));
    RuleFault::whole(file, file, message, error::did_you_mean(key, KEYS))
}

fn wrong_type(rule: &str, name: &str) -> Text {
    Text::new(
        format!("规则 {rule} 的参数“{name}”类型不对"),
        format!("parameter `{name}` of rule {rule} has another type"),
    )
}
