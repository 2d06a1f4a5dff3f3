//! The allocator of the program: mimalloc, with each thread's bytes counted.
//!
//! Every method hands its arguments on unchanged and keeps no pointer, so that the promises of [`GlobalAlloc`] are those
//! of mimalloc. The counters are plain cells of the thread, made without allocating and without a destructor.

use std::alloc::{GlobalAlloc, Layout};

use mimalloc::MiMalloc;

use crate::resources::meter::{on_alloc, on_dealloc, or_exhausted, refused};

/// Counts what each thread allocates, and refuses what goes beyond the cap of a running script: the process ends
/// then, which is why scripts run in one that can be replaced.
#[derive(Clone, Copy, Debug)]
pub struct Counting;

// SAFETY: each call goes to mimalloc with the arguments it came with; a refusal is the null pointer that callers of an
// allocator must expect.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !on_alloc(layout.size()) {
            return refused();
        }
        // SAFETY: the caller's promises are handed on.
        or_exhausted(unsafe { MiMalloc.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !on_alloc(layout.size()) {
            return refused();
        }
        // SAFETY: the caller's promises are handed on.
        or_exhausted(unsafe { MiMalloc.alloc_zeroed(layout) })
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        on_dealloc(layout.size());
        // SAFETY: the caller's promises are handed on.
        unsafe { MiMalloc.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !on_alloc(size) {
            return refused();
        }
        on_dealloc(layout.size());
        // SAFETY: the caller's promises are handed on.
        or_exhausted(unsafe { MiMalloc.realloc(pointer, layout, size) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::meter::{Limits, Measurement, spent};

    #[test]
    fn what_is_taken_and_given_back_is_counted() {
        let measurement = Measurement::begin(Limits::NONE);
        let before = spent();
        let layout = Layout::new::<[u64; 32]>();
        // SAFETY: allocated and given back with the same layout, which is not empty.
        unsafe {
            let pointer = Counting.alloc(layout);
            assert!(!pointer.is_null());
            assert_eq!(spent().live - before.live, 256);
            Counting.dealloc(pointer, layout);
        }
        assert_eq!(spent().live, before.live);
        assert_eq!(spent().bytes - before.bytes, 256);
        drop(measurement);
    }

    #[test]
    fn nothing_is_given_beyond_the_cap() {
        let measurement = Measurement::begin(Limits { cap: 1 << 20, ..Limits::NONE });
        let layout = Layout::new::<[u8; (1 << 20) + 1]>();
        // SAFETY: the layout is not empty, and a refusal is not given back.
        let refused = unsafe { Counting.alloc(layout).is_null() };
        drop(measurement);
        assert!(refused);
    }
}
