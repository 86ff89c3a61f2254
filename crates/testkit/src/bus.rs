//! A message bus of the test's own.

use crate::screen::{end, first_line};
use std::process::{Child, Command};

/// A D-Bus daemon; it ends with this value.
pub struct Bus {
    process: Child,
    address: String,
}

impl Bus {
    /// Starts a bus that nobody is on yet.
    ///
    /// # Panics
    /// When dbus-daemon is not installed or does not start.
    pub fn start() -> Self {
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--print-address=1"]);
        let (process, address) = first_line(bus);
        Self { process, address }
    }

    /// Where it answers.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}
