//! Whether every byte over the network of now costs somebody money, as far as the system says (B-05).

/// Whether the network of now is metered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metered {
    /// It is, or the system takes it for one that is: a telephone's, for instance.
    Yes,
    /// It is not.
    No,
    /// The system does not say.
    Unknown,
}

/// Whether the network of now is metered; a system that does not answer at once does not say. It runs on tokio.
pub async fn metered() -> Metered {
    answer::now().await.unwrap_or(Metered::Unknown)
}

#[cfg(target_os = "linux")]
mod answer {
    //! NetworkManager knows: <https://networkmanager.dev/docs/api/latest/nm-dbus-types.html#NMMetered>.

    use super::Metered;
    use std::time::Duration;
    use zbus::wire::OwnedVariant;
    use zbus::{Connection, connection};

    const NAME: &str = "org.freedesktop.NetworkManager";
    const PATH: &str = "/org/freedesktop/NetworkManager";
    /// How long the system may take for each answer, and twice as long for all. A very busy computer takes its time, and
    /// what is not known in time is not asked about.
    const LIMIT: Duration = Duration::from_secs(2);

    pub(super) async fn now() -> Option<Metered> {
        let asked = tokio::time::timeout(2 * LIMIT, ask()).await.ok()?;
        asked
            .inspect_err(|error| tracing::debug!(%error, "Nobody says whether the network is metered."))
            .ok()
            .flatten()
    }

    async fn ask() -> zbus::Result<Option<Metered>> {
        let bus = connection::Builder::system()
            .method_timeout(LIMIT)
            .build()
            .await?;
        // A service that does not run is not started for a question.
        match is_there(&bus).await? {
            true => property(&bus).await.map(Some),
            false => Ok(None),
        }
    }

    async fn is_there(bus: &Connection) -> zbus::Result<bool> {
        const BUS: &str = "org.freedesktop.DBus";
        let answer = bus
            .call_method(
                Some(BUS),
                "/org/freedesktop/DBus",
                Some(BUS),
                "NameHasOwner",
                &NAME,
            )
            .await?;
        answer.body().deserialize()
    }

    async fn property(bus: &Connection) -> zbus::Result<Metered> {
        const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
        let answer = bus
            .call_method(Some(NAME), PATH, Some(PROPERTIES), "Get", &(NAME, "Metered"))
            .await?;
        let value: OwnedVariant = answer.body().deserialize()?;
        Ok(u32::try_from(value).map_or(Metered::Unknown, meaning))
    }

    /// What `NMMetered` means; a guess counts as what it guesses.
    pub(super) const fn meaning(value: u32) -> Metered {
        match value {
            1 | 3 => Metered::Yes,
            2 | 4 => Metered::No,
            _ => Metered::Unknown,
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod answer {
    use super::Metered;

    /// Nothing here asks this system yet.
    pub(super) async fn now() -> Option<Metered> {
        None
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_guess_counts_and_what_nobody_knows_is_unknown() {
        let meanings = [0, 1, 2, 3, 4, 5].map(answer::meaning);
        let [unknown, yes, no] = [Metered::Unknown, Metered::Yes, Metered::No];
        assert_eq!(meanings, [unknown, yes, no, yes, no, unknown]);
    }
}
