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
    /// Running what the user entered: its line, a colon, its text.
    Entry,
    /// Going on after a rule that left memory behind: what is said of it, as JSON.
    Leak,
}

/// Before each word; what else is written to the stream does not begin like this.
const MARK: char = '\u{1}';

/// Where somebody listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// At the end of stdout.
    Out,
    /// At the end of stderr.
    Err,
}

static HEARD: OnceLock<Stream> = OnceLock::new();

/// From now on somebody listens.
pub fn begin(stream: Stream) {
    HEARD.get_or_init(|| stream);
}

/// This is about to be done.
pub fn tell(deed: Deed, name: &str) {
    let Some(stream) = HEARD.get() else { return };
    let word = match deed {
        Deed::Script => 's',
        Deed::Read => 'f',
        Deed::Rule => 'r',
        Deed::Entry => 'e',
        Deed::Leak => 'l',
    };
    let line = format!("{MARK}{word}{}\n", name.replace(['\n', '\r'], " "));
    let tell = |to: &mut dyn Write| to.write_all(line.as_bytes()).and_then(|()| to.flush());
    // Without a listener there is nobody to be told.
    let _ = match stream {
        Stream::Out => tell(&mut io::stdout().lock()),
        Stream::Err => tell(&mut io::stderr().lock()),
    };
}

/// What a line says that was told so.
pub fn heard(line: &str) -> Option<(Deed, &str)> {
    let mut rest = line.strip_prefix(MARK)?.chars();
    let deed = match rest.next()? {
        's' => Deed::Script,
        'f' => Deed::Read,
        'r' => Deed::Rule,
        'e' => Deed::Entry,
        'l' => Deed::Leak,
        _ => return None,
    };
    Some((deed, rest.as_str()))
}
