//! Work that blocks, on a thread that may.

use crate::error::Error;

/// Does what would hold up the connections on a thread of its own.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|source| Error::Worker { source })?
}
