//! The memory that the processes of a job of Windows may take together. The crate that makes jobs knows no such limit.

use std::ffi::c_void;
use std::mem::size_of;

use windows::Win32::Foundation::HANDLE;
use windows::Win32::System::JobObjects::{
    JOB_OBJECT_LIMIT_JOB_MEMORY, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, JOBOBJECT_EXTENDED_LIMIT_INFORMATION,
    JobObjectExtendedLimitInformation, SetInformationJobObject,
};

/// Lets the processes of the job with this handle have `bytes` of memory together; a process that asks for more gets none.
/// They end with the job still.
///
/// # Errors
/// The handle is none of a job, or the system has no such limit.
pub fn limit_memory(job: isize, bytes: usize) -> windows::core::Result<()> {
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION { JobMemoryLimit: bytes, ..Default::default() };
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_JOB_MEMORY;
    let size = u32::try_from(size_of::<JOBOBJECT_EXTENDED_LIMIT_INFORMATION>())?;
    // SAFETY: the pointer is to a structure of the class that is named and of the size that is given; the system reads it
    // during the call alone. A handle that is none of a job is an error that it returns.
    unsafe {
        let limits = (&raw const limits).cast::<c_void>();
        SetInformationJobObject(HANDLE(job as *mut c_void), JobObjectExtendedLimitInformation, limits, size)
    }
}

#[cfg(test)]
mod tests {
    use super::limit_memory;

    #[test]
    fn the_limit_is_taken_by_a_job_and_by_nothing_else() {
        let job = win32job::Job::create().unwrap();
        limit_memory(job.handle(), 1 << 30).unwrap();
        assert!(limit_memory(0, 1 << 30).is_err());
    }
}
