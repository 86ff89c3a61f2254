//! A desktop's notification service on a session bus of the test's own: it shows nothing and remembers everything.

use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::mpsc;
use zbus::wire::OwnedVariant;
use zbus::{Connection, connection, interface};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What a program asked the desktop to tell a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who told it.
    pub program: String,
    /// The heading.
    pub summary: String,
    /// The text below it.
    pub body: String,
}

/// The notification service; it leaves the bus with this value.
pub struct Notifications {
    told: mpsc::UnboundedReceiver<Told>,
    _connection: Connection,
}

struct Desk {
    tell: mpsc::UnboundedSender<Told>,
    count: u32,
}

impl Notifications {
    /// Takes the desktop's place on the bus at `address`.
    ///
    /// # Panics
    /// When the bus does not answer, or somebody else is the desktop there.
    pub async fn on(address: &str) -> Self {
        let (tell, told) = mpsc::unbounded_channel();
        let built = connection::Builder::address(address)
            .name(NAME)
            .serve_at(PATH, Desk { tell, count: 0 })
            .build()
            .await;
        Self {
            told,
            _connection: built.unwrap_or_else(|error| panic!("no place on the bus {address}: {error}")),
        }
    }

    /// The next notification.
    ///
    /// # Panics
    /// When none arrives within half a minute.
    pub async fn next(&mut self) -> Told {
        let next = tokio::time::timeout(Duration::from_secs(90), self.told.recv()).await;
        next.ok().flatten().expect("a notification arrives")
    }
}

/// The interface of the Desktop Notifications Specification, version 1.2.
#[interface(name = "org.freedesktop.Notifications")]
impl Desk {
    #[expect(clippy::too_many_arguments, reason = "the specification names them")]
    fn notify(
        &mut self,
        app_name: String,
        _replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedVariant>,
        _expire_timeout: i32,
    ) -> u32 {
        let told = Told {
            program: app_name,
            summary,
            body,
        };
        // A test that has seen enough may have gone already.
        let _ = self.tell.send(told);
        self.count += 1;
        self.count
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned()]
    }

    fn close_notification(&self, _id: u32) {}
}
