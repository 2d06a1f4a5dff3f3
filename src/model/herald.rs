//! Says what is about to be done, where somebody listens: when the process ends over it, the last word names it.

use std::io::{self, Write};
use std::sync::OnceLock;

/// What may end a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Compiling a script, or running its tests.
    Script,
    /// Reading a submission, or a file of it.
    Read,
    /// Running a rule.
    Rule,
}

/// Before each word; what else is written to the stream does not begin like this.
const MARK: char = '\u{1}';

static HEARD: OnceLock<()> = OnceLock::new();

/// From now on somebody listens at the end of stdout.
pub fn begin() {
    HEARD.get_or_init(|| ());
}

/// This is about to be done.
pub fn tell(deed: Deed, name: &str) {
    if HEARD.get().is_some() {
        let word = match deed {
            Deed::Script => 's',
            Deed::Read => 'f',
            Deed::Rule => 'r',
        };
        let mut out = io::stdout().lock();
        let name = name.replace(['\n', '\r'], " ");
        // Without a listener there is nobody to be told.
        let _ = out.write_all(format!("{MARK}{word}{name}\n").as_bytes()).and_then(|()| out.flush());
    }
}

/// What a line says that was told so.
pub fn heard(line: &str) -> Option<(Deed, &str)> {
    let mut rest = line.strip_prefix(MARK)?.chars();
    let deed = match rest.next()? {
        's' => Deed::Script,
        'f' => Deed::Read,
        'r' => Deed::Rule,
        _ => return None,
    };
    Some((deed, rest.as_str()))
}
