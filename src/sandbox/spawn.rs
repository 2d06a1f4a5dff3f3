//! Starts processes.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};

/// Starts a process, and what listens to its stderr; where nothing listens it ends, and is waited for.
///
/// # Errors
///
/// Either cannot be started.
pub fn spawn<T>(
    command: &mut Command,
    listen: impl FnOnce(ChildStderr) -> io::Result<T>,
) -> io::Result<(Child, T)> {
    let mut child = command.stderr(Stdio::piped()).spawn()?;
    let stream = child.stderr.take().ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe));
    match stream.and_then(listen) {
        Ok(listening) => Ok((child, listening)),
        Err(error) => {
            let _ = child.kill();
            let _ = child.wait();
            Err(error)
        }
    }
}

/// The last lines of a stream, up to 16 KiB and one line, once it has ended.
pub fn stderr_tail(stream: impl Read) -> String {
    const ENOUGH: usize = 16 * 1024;
    let mut said = Vec::new();
    let mut lines = BufReader::new(stream);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        if said.len() > ENOUGH {
            said.clear();
        }
        said.append(&mut line);
    }
    String::from_utf8_lossy(&said).into_owned()
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_nothing_listens_to_is_ended() {
        let mut stderr = None;
        let refuse = |stream| {
            stderr = Some(stream);
            Err::<(), _>(io::ErrorKind::WouldBlock.into())
        };
        let spawned = spawn(Command::new("sleep").arg("600"), refuse);
        assert_eq!(spawned.map(|_| ()).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        // The stream ends with the process.
        assert_eq!(stderr.unwrap().read(&mut [0]).unwrap(), 0);
    }
}
