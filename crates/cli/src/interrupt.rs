//! Being asked to stop: Ctrl-C, or SIGTERM where there is one.

use std::io;

/// Hears that this process is asked to stop. From its making on no request is lost, and none ends the process.
pub(crate) struct Interrupt {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
    #[cfg(windows)]
    pressed: tokio::signal::windows::CtrlC,
}

impl Interrupt {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system does not let us.
    #[cfg(unix)]
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?],
        })
    }

    /// Waits for the next request.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) {
        let [interrupted, terminated] = &mut self.signals;
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    }

    /// Begins to listen.
    ///
    /// # Errors
    /// When the system does not let us.
    #[cfg(windows)]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {
            pressed: tokio::signal::windows::ctrl_c()?,
        })
    }

    /// Waits for the next request.
    #[cfg(windows)]
    pub(crate) async fn next(&mut self) {
        let _asked = self.pressed.recv().await;
    }
}
