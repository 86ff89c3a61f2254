//! How the window stops: what runs is paused first, so that nothing that was fetched is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, RunEvent};
use tokio::runtime::Runtime;
use toolcrib_client::Client;

/// Sees to it that jobs are paused before the program ends.
#[derive(Clone)]
pub(crate) struct Ending {
    client: Client,
    closing: Arc<AtomicBool>,
    closed: Arc<AtomicBool>,
}

impl Ending {
    /// For the jobs of `client`.
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            closing: Arc::default(),
            closed: Arc::default(),
        }
    }

    /// Holds the end back until the jobs are paused.
    pub(crate) fn handle(&self, app: &AppHandle, event: &RunEvent) {
        if let RunEvent::ExitRequested { api, .. } = event
            && !self.closed.load(Ordering::SeqCst)
        {
            api.prevent_exit();
            self.close(app);
        }
    }

    /// Ends the program in the same way when the system asks for it.
    pub(crate) fn on_termination(&self, runtime: &Runtime, app: AppHandle) {
        let ending = self.clone();
        runtime.spawn(async move {
            terminated().await;
            ending.close(&app);
        });
    }

    fn close(&self, app: &AppHandle) {
        if self.closing.swap(true, Ordering::SeqCst) {
            return;
        }
        let (ending, app) = (self.clone(), app.clone());
        tauri::async_runtime::spawn(async move {
            ending.client.close().await;
            ending.closed.store(true, Ordering::SeqCst);
            app.exit(0);
        });
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut term), Ok(mut int)) => tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        },
        _ => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
