//! Starts processes.

use std::io;
use std::process::{Child, ChildStderr, Command, Stdio};

/// Starts a process, and what listens to its stderr; where nothing listens it ends, and is waited for.
///
/// # Errors
///
/// Either cannot be started.
pub(super) fn spawn<T>(
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

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Read;

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
