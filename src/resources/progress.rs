//! Progress events: one line before each piece of work that may end the process, so that the process that waits for this
//! one can name what was being done when it died.
//!
//! A line is `\x01`, one letter for the event, a name, a newline. Lines of other output do not begin with `\x01`.

use std::io::{self, Write};
use std::sync::OnceLock;

/// A piece of work that may end the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressEvent {
    /// A script is compiled, or its tests are run; the name is its file.
    Script,
    /// A submission, or a file of it, is read; the name is its path.
    Read,
    /// A rule is run; the name is its id.
    Rule,
    /// What the user entered is run; the name is its line number, a colon and its text.
    Entry,
    /// The rule named last left memory behind, and the process goes on; the name is the error as JSON.
    Leak,
}

/// First character of a line that is an event.
const MARK: char = '\u{1}';

/// Each event with its letter.
const LETTERS: [(ProgressEvent, char); 5] = [
    (ProgressEvent::Script, 's'),
    (ProgressEvent::Read, 'f'),
    (ProgressEvent::Rule, 'r'),
    (ProgressEvent::Entry, 'e'),
    (ProgressEvent::Leak, 'l'),
];

/// The stream that carries the events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Stdout.
    Out,
    /// Stderr.
    Err,
}

static STREAM: OnceLock<Stream> = OnceLock::new();

/// From now on events are written to `stream`; without a call of this they are written nowhere. Later calls are ignored.
pub fn send_to(stream: Stream) {
    STREAM.get_or_init(|| stream);
}

/// Writes the line of an event and flushes it. Line breaks in `name` become blanks; a stream that cannot be written is
/// ignored, since then no process waits for the events.
pub fn announce(event: ProgressEvent, name: &str) {
    let Some(stream) = STREAM.get() else { return };
    let letter = LETTERS.iter().find(|(one, _)| *one == event).map_or('?', |(_, letter)| *letter);
    let line = format!("{MARK}{letter}{}\n", name.replace(['\n', '\r'], " "));
    let write = |to: &mut dyn Write| to.write_all(line.as_bytes()).and_then(|()| to.flush());
    let _ = match stream {
        Stream::Out => write(&mut io::stdout().lock()),
        Stream::Err => write(&mut io::stderr().lock()),
    };
}

/// The event and the name in a line without its newline; `None` where the line is other output.
pub fn parse(line: &str) -> Option<(ProgressEvent, &str)> {
    let mut rest = line.strip_prefix(MARK)?.chars();
    let letter = rest.next()?;
    let (event, _) = LETTERS.iter().find(|(_, one)| *one == letter)?;
    Some((*event, rest.as_str()))
}
