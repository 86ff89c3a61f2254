//! A company's own content server (B-11): it stands near the computers, and what one of them asks for is fetched from
//! the account service once, judged by its digest, and served to all.
//!
//! It has no account and no list. A computer asks with the signed link that the account service gave it; whether that link
//! is good is asked of the account service, and the file is fetched by it if it is not held. Nothing is served before its
//! digest was right, and nobody has to trust it all the same. Why is in decision 41.
//!
//! Read `doors` first, what is asked and answered; then `desk`, what is fetched; `held`, what is there; `rights`, who may.
//!
//! A kill loses nothing: a file has its name only when its digest was right, and one that was being fetched is gone on with.

mod arguments;
mod desk;
mod doors;
mod held;
mod origin;
mod rights;
mod status;
mod tally;

pub use arguments::Arguments;
pub use status::{Status, status};

use crate::error::Error;
use crate::output;
use crate::server::stop_signal;
use desk::Desk;
use held::Shelf;
use origin::Origin;
use rights::Rights;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tally::Tally;
use tokio::net::TcpListener;
use toolcrib_machine::clock::{Clock, SystemClock};
use toolcrib_machine::files;

/// How long answers may go on after the signal to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Everything that a request needs.
pub(crate) struct Mirror {
    origin: Origin,
    shelf: Arc<Shelf>,
    rights: Rights,
    desk: Desk,
    tally: Arc<Tally>,
    clock: Arc<dyn Clock>,
    /// Whether what is held is served to whoever names it.
    is_open: bool,
}

/// Runs `mirror` until it is told to stop.
///
/// # Errors
/// Where the address or the folder cannot be used, or the network cannot be set up.
pub async fn run(arguments: Arguments) -> Result<(), Error> {
    arguments.listening.must_be_protected()?;
    let listen = arguments.listening.listen;
    let failed = |source| Error::Listen {
        address: listen,
        source,
    };
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let mirror = Arc::new(open(arguments)?);
    let stop = stop_signal();
    output::data(&format!("listening on http://{address}"))?;
    serve(mirror, listener, stop).await
}

fn open(arguments: Arguments) -> Result<Mirror, Error> {
    let content = arguments.folder.data.join("content");
    files::create_private_folders(&content)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    Ok(Mirror {
        origin: Origin::new(arguments.from, arguments.limit)?,
        shelf: Arc::new(Shelf::open(content, arguments.size.0)?),
        rights: Rights::default(),
        desk: Desk::default(),
        tally: Arc::new(Tally::since(clock.now())),
        clock,
        is_open: arguments.open,
    })
}

async fn serve(
    mirror: Arc<Mirror>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let desk = Arc::clone(&mirror);
    let (stopped, stopping) = tokio::sync::oneshot::channel::<()>();
    let told = async move {
        stop.await;
        desk.desk.stop();
        // Nobody waits for it any more only when everything has ended by itself.
        let _ = stopped.send(());
    };
    let router = doors::router(Arc::clone(&mirror));
    let served = axum::serve(listener, router).with_graceful_shutdown(told);
    let outcome = tokio::select! {
        outcome = served.into_future() => outcome.map_err(|source| Error::Serve { source }),
        () = drained(stopping) => Ok(()),
    };
    mirror.desk.settle().await;
    outcome
}

async fn drained(stopping: tokio::sync::oneshot::Receiver<()>) {
    if stopping.await.is_err() {
        // The server has ended, and its outcome is what counts.
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(DRAIN).await;
}
