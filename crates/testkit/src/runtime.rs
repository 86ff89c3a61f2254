//! A thread of their own for those who stand in for somebody while a test waits for programs.

use tokio::runtime::{Builder, Runtime};

/// A runtime of one thread, which ends with it.
///
/// # Panics
/// When no thread can be started.
pub(crate) fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("threads can be started")
}
