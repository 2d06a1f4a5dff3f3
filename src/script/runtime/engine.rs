//! The script engine: raw, with explicit limits, without files, network, clock, `eval` or `print`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rhai::module_resolvers::StaticModuleResolver;
use rhai::{Engine, EvalAltResult, Module, OptimizationLevel, Scope};

use super::coverage::Probe;
use super::limits;
use crate::model::text::Text;
use crate::resources::meter::Measurement;
use crate::resources::progress::{self, ProgressEvent};
use crate::script::compile::Closures;
use crate::script::error::{Known, RuleFault, Script};
use crate::script::function::bare_engine;
use crate::script::stdlib::{self, engine_function, operators};
use crate::script::syntax::literals;
use crate::script::syntax::tree::SyntaxTree;
use crate::script::value::loaded_table::Loaded;
use crate::table::table_schema::TableDecl;

/// Longest rule or library file.
const SOURCE_BYTES: usize = 32 * 1024;

/// What scripts must not write.
pub(crate) const FORBIDDEN: [&str; 8] =
    ["eval", "export", "Fn", "curry", "call", "is_shared", "print", "debug"];

/// An engine with every host function and the pack's libraries.
pub struct Libraries {
    pub(crate) engine: Engine,
    names: OnceLock<Vec<String>>,
    words: OnceLock<Vec<String>>,
    /// Path and text of each library.
    pub(crate) files: Vec<(String, String)>,
    pub(crate) closures: Closures,
}

impl Libraries {
    /// Compiles the libraries of a pack: `(path in the pack, source)`; `lib/subjects.rhai` is imported as
    /// `"subjects"`.
    ///
    /// # Errors
    ///
    /// The libraries that do not compile.
    pub fn compile(files: &[(String, String)]) -> Result<Self, Vec<RuleFault>> {
        Self::with(build(), files, &|path, source, engine, closures| library(engine, path, source, closures))
    }

    /// The same, taking notes of the ways that are taken through them.
    ///
    /// # Errors
    ///
    /// The libraries that do not compile.
    pub fn measured(files: &[(String, String)], probe: &Arc<Probe>) -> Result<Self, Vec<RuleFault>> {
        let mut engine = build();
        probe.register(&mut engine);
        // Notes lie around what is deep already.
        engine.set_max_expr_depths(128, 96);
        Self::with(engine, files, &|path, source, engine, closures| {
            let (noted, before) = probe.put_notes(path, source);
            library(engine, path, &noted, closures).or_else(|_| {
                probe.forget(before);
                library(engine, path, source, closures)
            })
        })
    }

    fn with(
        mut engine: Engine,
        files: &[(String, String)],
        compiled: &Compile<'_>,
    ) -> Result<Self, Vec<RuleFault>> {
        let mut resolver = StaticModuleResolver::new();
        let mut faults = Vec::new();
        let mut closures = Closures::new(stdlib::functions());
        let mut known = BTreeMap::new();
        let together = Measurement::begin(limits::together());
        for (path, source) in files {
            match compiled(path, source, &engine, &mut closures) {
                Ok(Library { name, module, functions }) => {
                    faults.extend(shared_names((path, source), functions, &mut known));
                    resolver.insert(name, module);
                }
                Err(fault) => faults.push(fault),
            }
        }
        drop(together);
        if !faults.is_empty() {
            return Err(faults);
        }
        engine.set_module_resolver(resolver);
        Ok(Self { engine, names: OnceLock::new(), words: OnceLock::new(), files: files.to_vec(), closures })
    }

    /// What is said of a script over these libraries that stopped with an error, and over this submission.
    pub(crate) fn run_fault(
        &self,
        script: &Script<'_>,
        error: &EvalAltResult,
        loaded: Option<&Loaded>,
    ) -> RuleFault {
        let tables: Vec<&TableDecl> = loaded.into_iter().flat_map(Loaded::declarations).collect();
        let functions = || self.names();
        script
            .run_fault(error, Known { functions: Some(&functions), libraries: &self.files, tables: &tables })
    }

    /// Texts that the libraries write out; gathered when first needed.
    pub(crate) fn words(&self) -> &[String] {
        let of_file = |(_, source): &(String, String)| literals::literals(source);
        self.words.get_or_init(|| self.files.iter().flat_map(of_file).collect())
    }

    /// Names of all functions, for "did you mean"; gathered when first needed.
    pub(crate) fn names(&self) -> &[String] {
        self.names.get_or_init(|| function_names(&self.engine))
    }
}

/// Functions of a library with the name and the number of arguments of one in a library before it. The engine remembers which
/// function a call means whatever library it is made in: of two that are called alike it would take one for the other.
fn shared_names(
    (path, source): (&str, &str),
    functions: Vec<(String, usize)>,
    known: &mut BTreeMap<(String, usize), String>,
) -> Vec<RuleFault> {
    let mut faults = Vec::new();
    for (name, arguments) in functions {
        let first = known.entry((name.clone(), arguments)).or_insert_with(|| path.to_owned());
        if first != path {
            let message = Text::new(
                format!("函数“{name}”（{arguments}个参数）与{first}中的函数同名"),
                format!("the function `{name}` with {arguments} arguments has the name of one in {first}"),
            );
            let help = Text::new(
                "改名：各个库的函数名不能相同",
                "rename it: no two libraries may have functions of one name",
            );
            let mut lines = source.lines().enumerate();
            let found = lines.find(|(_, line)| line.starts_with(&format!("fn {name}(")));
            let whole = RuleFault::whole(path, path, message, help);
            faults.push(match found {
                Some((at, line)) => RuleFault {
                    position: Some((at.saturating_add(1), "fn ".len().saturating_add(1))),
                    line: line.to_owned(),
                    ..whole
                },
                None => whole,
            });
        }
    }
    faults
}

/// A compiled library.
struct Library {
    name: String,
    module: Module,
    /// Its functions: names, and how many arguments they take.
    functions: Vec<(String, usize)>,
}

/// Compiles one library: path, text.
type Compile<'a> = dyn Fn(&str, &str, &Engine, &mut Closures) -> Result<Library, RuleFault> + 'a;

fn library(engine: &Engine, path: &str, source: &str, closures: &mut Closures) -> Result<Library, RuleFault> {
    let script = Script { rule: path, file: path, source };
    progress::announce(ProgressEvent::Script, path);
    check_size(&script)?;
    script.check_signs()?;
    let mut ast = engine.compile(source).map_err(|error| script.parse_fault(engine, &error))?;
    ast.set_source(path);
    let session = Measurement::begin(limits::loading());
    let module = Module::eval_ast_as_new(Scope::new(), &ast, engine);
    drop(session);
    let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rhai");
    closures.add_library(name, SyntaxTree::read(&ast));
    let functions = ast.iter_functions().map(|one| (one.name.to_owned(), one.params.len())).collect();
    let of = |module| Library { name: name.to_owned(), module, functions };
    module.map(of).map_err(|error| script.run_fault(&error, Known::default()))
}

/// Parsing has no fuel, so what is parsed must be small.
pub(crate) fn check_size(script: &Script<'_>) -> Result<(), RuleFault> {
    if script.source.len() <= SOURCE_BYTES {
        return Ok(());
    }
    let message = Text::new(
        format!("规则文件超过 {SOURCE_BYTES} 字节"),
        format!("the rule file is longer than {SOURCE_BYTES} bytes"),
    );
    let help = Text::new("拆成几条规则，或把共用部分放进 lib", "split it, or move shared parts to lib");
    Err(RuleFault::whole(script.rule, script.file, message, help))
}

pub(crate) fn build() -> Engine {
    let mut engine = bare_engine::new();
    engine.register_global_module(engine_function::charged_packages().build_index().clone().into());
    limits(&mut engine);
    limits::watch(&mut engine);
    operators::register(&mut engine);
    stdlib::register(&mut engine);
    engine
}

/// All explicit: the defaults differ between debug and release builds, and operations default to no limit.
fn limits(engine: &mut Engine) {
    engine
        .set_optimization_level(OptimizationLevel::None)
        .set_max_call_levels(18)
        .set_max_expr_depths(48, 32)
        // Looked at by `function::charged`, which does not walk through whole values at every call.
        .set_max_string_size(0)
        .set_max_array_size(0)
        .set_max_map_size(0)
        .set_max_variables(64)
        .set_max_functions(256)
        .set_max_strings_interned(0)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        // Comparisons must reach the host's own, which object to different types.
        .set_fast_operators(false);
    for symbol in FORBIDDEN {
        engine.disable_symbol(symbol);
    }
}

fn function_names(engine: &Engine) -> Vec<String> {
    let signatures = engine.gen_fn_signatures(true);
    let name = |signature: &String| {
        let name = signature.split('(').next().unwrap_or_default().trim();
        let word = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        (word && !name.is_empty()).then(|| name.to_owned())
    };
    let mut names: Vec<String> = signatures.iter().filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}
