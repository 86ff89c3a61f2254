//! The running service: it listens, answers, and on a signal finishes what it has begun.

use crate::app::limits::{HandOverLimits, ReportLimits, SignInLimits};
use crate::app::passwords::Passwords;
use crate::app::readiness::CHECKER_FOLDER;
use crate::app::{App, Parts};
use crate::catalogue::{ContentFolder, Shelf};
use crate::error::Error;
use crate::http;
use crate::keys::Keys;
use crate::metrics::Metrics;
use crate::settings::{Places, Reach, Settings};
use crate::store::engine::Record;
use crate::store::{Store, hand_overs, sessions};
use axum::serve::ListenerExt as _;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use toolcrib_machine::clock::Clock;
use toolcrib_machine::files;
use url::Url;

/// How long downloads and requests may go on after the signal to stop.
const DRAIN: Duration = Duration::from_secs(20);
/// How often tokens that have ended are removed.
const SWEEP: Duration = Duration::from_secs(600);

/// A service that has its address and its data, and is about to answer.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    app: App,
}

/// Opens the database and brings it up to date.
///
/// # Errors
/// Where the folder or the database cannot be used.
pub async fn open_store(places: &Places) -> Result<Store, Error> {
    files::create_private_folders(&places.data)?;
    let store = Store::open(&places.database).await?;
    store.migrate(&places.database).await?;
    Ok(store)
}

/// Takes the address and opens everything, so that the first request finds all of it ready.
///
/// # Errors
/// Where the address is taken, or the data cannot be used.
pub async fn bind(settings: &Settings, store: Store, clock: Arc<dyn Clock>) -> Result<Bound, Error> {
    let Reach {
        listen,
        public_url,
        trusted_proxies,
    } = settings.reach.clone();
    let listener = TcpListener::bind(listen).await.map_err(|source| Error::Listen {
        address: listen,
        source,
    })?;
    let address = listener.local_addr().map_err(|source| Error::Listen {
        address: listen,
        source,
    })?;
    let base = public_url.map_or_else(|| own_url(address), Ok)?;
    let places = &settings.places;
    let app = App::new(Parts {
        store,
        shelf: Shelf::new(places.catalogue.clone()),
        content: ContentFolder::open(places.content.clone())?,
        keys: Keys::open(&places.data)?,
        clock,
        base,
        trusted_proxies,
        passwords: Passwords::new().await?,
        metrics: Metrics::default(),
        limits: SignInLimits::default(),
        report_limits: ReportLimits::default(),
        hand_over_limits: HandOverLimits::default(),
        checkers: places.data.join(CHECKER_FOLDER),
    });
    Ok(Bound {
        listener,
        address,
        app,
    })
}

fn own_url(address: SocketAddr) -> Result<Url, Error> {
    let url = format!("http://{address}");
    Url::parse(&url).map_err(|_| Error::PublicUrl {
        url,
        reason: "it is not a URL",
    })
}

impl Bound {
    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The service.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Answers until `stop` comes, then finishes what it has begun, for a while.
    ///
    /// # Errors
    /// [`Error::Serve`] where the network fails.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), Error> {
        let (stopping, mut stopped) = watch::channel(false);
        let sweeping = tokio::spawn(sweep(self.app.clone(), stopped.clone()));
        let mut for_drain = stopped.clone();
        let signal = tokio::spawn(async move {
            stop.await;
            // Nobody listens any more only when everything has ended by itself.
            let _ = stopping.send(true);
        });
        let listener = self.listener.tap_io(|stream| {
            // Small answers must not wait for one another; where it cannot be set they merely do.
            let _ = stream.set_nodelay(true);
        });
        let router = http::router(self.app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, router).with_graceful_shutdown(async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        });
        let outcome = tokio::select! {
            outcome = served.into_future() => outcome.map_err(|source| Error::Serve { source }),
            () = drained(&mut for_drain) => Ok(()),
        };
        signal.abort();
        let _ = signal.await;
        sweeping.abort();
        let _ = sweeping.await;
        self.app.store().close().await;
        outcome
    }
}

async fn drained(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
    tokio::time::sleep(DRAIN).await;
    tracing::warn!("Some downloads did not end in time; they go on after the next start.");
}

async fn sweep(app: App, mut stopped: watch::Receiver<bool>) {
    loop {
        if let Err(error) = sweep_once(&app).await {
            tracing::warn!(error = %http::problem::with_causes(&error), "Old tokens could not be removed.");
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}

async fn sweep_once(app: &App) -> Result<(), Error> {
    // A catalogue may also have been put into place as files.
    app.sight_releases().await?;
    let mut tx = app.store().write().await?;
    let swept = sessions::sweep(&mut tx, app.now()).await? + hand_overs::sweep(&mut tx, app.now()).await?;
    tx.commit(Record::Upkeep("old tokens were removed")).await?;
    if swept > 0 {
        tracing::debug!(swept, "Old tokens were removed.");
    }
    Ok(())
}

/// The signal to stop: SIGTERM or SIGINT, Ctrl-C on Windows. It is listened for from the moment of this call, so a
/// signal that comes before anybody waits for it is not lost.
#[cfg(unix)]
pub fn stop_signal() -> impl Future<Output = ()> + Send + 'static {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async {
        match signals {
            (Ok(mut terminate), Ok(mut interrupt)) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            }
            _ => tracing::error!("The signal to stop cannot be heard; stopping."),
        }
    }
}

/// The signal to stop: Ctrl-C, and what Windows sends to a program that it ends.
#[cfg(windows)]
pub fn stop_signal() -> impl Future<Output = ()> + Send + 'static {
    use tokio::signal::windows::{ctrl_c, ctrl_shutdown};
    let signals = (ctrl_c(), ctrl_shutdown());
    async {
        match signals {
            (Ok(mut interrupt), Ok(mut shutdown)) => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = shutdown.recv() => {}
                }
            }
            _ => tracing::error!("The signal to stop cannot be heard; stopping."),
        }
    }
}
