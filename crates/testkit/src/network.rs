//! A system's network service on a bus of the test's own, which says whether the network is metered.

use crate::bus::Bus;
use std::process::Command;
use zbus::{Connection, connection, interface};

/// NetworkManager, as far as programs ask it whether the network is metered; it ends with this value.
pub struct Network {
    bus: Bus,
    _connection: Connection,
}

/// The interface of NetworkManager, version 1.0.6 and later.
struct Manager(u32);

#[interface(name = "org.freedesktop.NetworkManager")]
impl Manager {
    #[zbus(property)]
    fn metered(&self) -> u32 {
        self.0
    }
}

impl Network {
    /// A network that is metered as `NMMetered` says: 1 is yes, 2 is no.
    ///
    /// # Panics
    /// When there is no bus, or nobody may be NetworkManager on it.
    pub async fn metered_as(value: u32) -> Self {
        let bus = Bus::start();
        let built = connection::Builder::address(bus.address())
            .name("org.freedesktop.NetworkManager")
            .serve_at("/org/freedesktop/NetworkManager", Manager(value))
            .build()
            .await;
        Self {
            _connection: built.unwrap_or_else(|error| panic!("no place on the bus: {error}")),
            bus,
        }
    }

    /// Lets `command` ask here about its network.
    pub fn surround(&self, command: &mut Command) {
        command.env("DBUS_SYSTEM_BUS_ADDRESS", self.bus.address());
    }
}
