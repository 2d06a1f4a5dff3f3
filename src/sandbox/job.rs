//! A job of Windows, to which all processes of a run belong: when the one the user started is gone, however it ended, the
//! system ends the others, and together they get no more memory than the machine has. Elsewhere each of them sees by its stdin
//! that it is gone.
//!
//! Windows 7 knows no jobs within jobs: where the program was started inside one, it goes on without its own, and stdin
//! has to do there too.

pub(super) use system::hold_processes;

#[cfg(windows)]
mod system {
    use std::sync::OnceLock;

    use sysinfo::{MemoryRefreshKind, RefreshKind, System};
    use win32job::{ExtendedLimitInfo, Job};

    use crate::resources::native;

    /// Puts this process, and those it starts from now on, into a job that ends with it. Once in a process.
    pub(in super::super) fn hold_processes() {
        // Never dropped: the system closes it with the process, and ends what is left in it.
        static JOB: OnceLock<Option<Job>> = OnceLock::new();
        JOB.get_or_init(|| {
            let job = Job::create_with_limit_info(ExtendedLimitInfo::new().limit_kill_on_job_close()).ok()?;
            limit_memory(&job);
            job.assign_current_process().ok()?;
            Some(job)
        });
    }

    /// What goes beyond the memory of the machine would bring all its programs to a halt. A job without the limit does too:
    /// scripts and tables have limits of their own.
    fn limit_memory(job: &Job) {
        let known = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
        let all = System::new_with_specifics(known).total_memory();
        if let Some(bytes) = usize::try_from(all).ok().filter(|bytes| *bytes > 0) {
            let _ = native::limit_memory(job.handle(), bytes);
        }
    }
}

#[cfg(not(windows))]
mod system {
    /// There are no jobs.
    pub(in super::super) fn hold_processes() {}
}
