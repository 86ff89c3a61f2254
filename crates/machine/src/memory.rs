//! How this process asks the system for memory.

/// The allocator hands buffers above this size back to the system as soon as they are free, in bytes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE_BYTES: libc::c_int = 128 << 10;

/// Keeps what this process takes near to what it uses. To be called first of all, before there are threads.
///
/// The C library usually gives each thread a pool of its own and keeps large buffers once they were freed: with many
/// connections and a few megabytes for each chunk that is a third more than is used. Elsewhere nothing has to be done.
pub fn keep_small() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: settings of the allocator with plain numbers; one that it refuses leaves things as they were.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE_BYTES);
        libc::mallopt(libc::M_TRIM_THRESHOLD, LARGE_BYTES);
    }
}
