//! Whether computers of one local network give each other what they have, and giving (B-04, S-123).
//!
//! It is off until the person, or the organisation, wants it: to be reached by others is what firewalls ask about. What
//! was given to whom is told nobody; how much came from others is in each job.

use crate::client::Client;
use crate::error::Error;
use crate::policy::{Key, Peers as PeersPolicy};
use crate::view::PeersView;
use camino::Utf8PathBuf;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};
use toolcrib_delivery::InstalledChunks;
use toolcrib_machine::files::Lock;
use toolcrib_machine::metered::{Metered, metered};
use toolcrib_model::{Digest, Rate};
use toolcrib_net::Throttle;
use toolcrib_net::peers::{self, Giving, PeerAddress};
use toolcrib_wire::index::Index;

/// How long answers of peers are waited for before a job fetches.
const FINDING: Duration = Duration::from_millis(300);
/// How often it is looked whether to go on giving.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often it is looked whether to begin, and what there is to give.
const LOOK_CLOSELY_EVERY: Duration = Duration::from_secs(6);
/// How often the system is asked whether the network is metered.
const ASK_EVERY: Duration = Duration::from_secs(30);
/// How long the same sockets hear questions: another network may be there then.
const HEARING: Duration = Duration::from_secs(60);
/// How long whoever looks whether somebody gives may hold the lock of who does.
const GLANCE: Duration = Duration::from_millis(500);
/// How much is given a second at the most, to all together: a quarter of a usual network.
const GIVEN_BYTES_PER_S: u64 = 32_000_000;

/// Where peers are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Neighbourhood {
    /// On the local network; they are looked for, and find this computer.
    #[default]
    LocalNetwork,
    /// At these addresses and nowhere else; where this computer gives, it listens at the first one. For tests.
    Named(Vec<SocketAddr>),
}

impl Client {
    /// Whether chunks go between this computer and others of its network, and how much came from them.
    ///
    /// # Errors
    /// When settings or jobs cannot be read, or the policy cannot be believed.
    pub fn peers(&self) -> Result<PeersView, Error> {
        let rule = self.policy()?.peers;
        let came = self.0.jobs.all()?.into_iter();
        Ok(PeersView {
            on: is_on(rule, self.0.settings.read()?.peers),
            by_policy: is_decided(rule),
            giving: Lock::is_held(&self.giver_lock()).map_err(Error::Machine)?,
            received_bytes: came
                .map(|job| self.0.jobs.progress(&job.record.id).peer_bytes)
                .sum(),
        })
    }

    /// Says whether they do, from now on and for every program of this home.
    ///
    /// # Errors
    /// When the organisation decided it, or the settings cannot be changed.
    pub fn set_peers(&self, on: bool) -> Result<PeersView, Error> {
        let policy = self.policy()?;
        if is_decided(policy.peers) {
            return Err(policy.set_by(Key::Peers));
        }
        self.0.settings.change(|settings| settings.peers = on)?;
        self.peers()
    }

    /// Gives to peers whenever that is wanted, for ever; to be dropped when the program ends. One program of a home gives.
    pub async fn keep_giving(&self) -> Infallible {
        let mut last = None;
        loop {
            let fault = match self.wants_peers() {
                true => self.give(|_| {}).await.err().map(|error| error.to_string()),
                false => None,
            };
            // Said once, and not again and again for as long as another program gives.
            if let Some(error) = fault.as_ref().filter(|fault| last.as_ref() != Some(*fault)) {
                tracing::info!(%error, "Nothing is given to other computers for now.");
            }
            last = fault;
            sleep(LOOK_CLOSELY_EVERY).await;
        }
    }

    /// Gives to peers until that is not wanted any more, or the network becomes metered. Where this computer listens is
    /// `told` first.
    ///
    /// # Errors
    /// When it is not wanted, another program of this home gives already, or the system does not let anybody listen.
    pub async fn give(&self, told: impl FnOnce(SocketAddr)) -> Result<(), Error> {
        if !self.wants_peers() {
            return Err(Error::PeersOff);
        }
        let lock = self.giver_lock();
        let taking = tokio::task::spawn_blocking(move || Lock::acquire(&lock, GLANCE)).await;
        let lock = taking.map_err(|_| Error::Interrupted)?.map_err(Error::Machine)?;
        let _one_of_a_home = lock.ok_or(Error::AlreadyGiving)?;
        let failed = |source| Error::ListenForPeers { source };
        let doors = peers::listen(self.own_peer_address()).await.map_err(failed)?;
        let address = doors.address();
        let chunks = Arc::new(InstalledChunks::default());
        self.look_at_installed(&chunks).await;
        let throttle = Throttle::default();
        throttle.limit(Rate::try_from(GIVEN_BYTES_PER_S).ok());
        let giving = Giving::new(chunks.clone(), throttle);
        told(address);
        tokio::select! {
            never = peers::give(doors, giving.clone()) => match never {},
            never = self.be_found(address.port()) => match never {},
            () = self.while_wanted(&chunks) => {}
        }
        tracing::info!(
            bytes = giving.given_bytes(),
            "Nothing is given to other computers any more."
        );
        Ok(())
    }

    /// Computers of this network that may have what is to be fetched; nobody is looked for unless that is wanted.
    pub(crate) async fn nearby_peers(&self) -> Vec<PeerAddress> {
        if !self.wants_peers() || metered().await == Metered::Yes {
            return Vec::new();
        }
        match &self.0.options.neighbourhood {
            Neighbourhood::Named(addresses) => {
                addresses.iter().copied().filter_map(PeerAddress::new).collect()
            }
            Neighbourhood::LocalNetwork => peers::find(FINDING).await.unwrap_or_else(|error| {
                tracing::debug!(%error, "Nobody on this network can be asked.");
                Vec::new()
            }),
        }
    }

    /// Settings or a policy that cannot be read want nothing.
    fn wants_peers(&self) -> bool {
        let rule = self.policy().map(|policy| policy.peers);
        let person = || self.0.settings.read().is_ok_and(|settings| settings.peers);
        rule.is_ok_and(|rule| is_on(rule, person()))
    }

    /// Keeps what is given up to date, as long as giving is wanted.
    async fn while_wanted(&self, chunks: &Arc<InstalledChunks>) {
        let (mut asked, mut looked): (Option<Instant>, _) = (None, Instant::now());
        while self.wants_peers() {
            if asked.is_none_or(|asked| asked.elapsed() > ASK_EVERY) {
                asked = Some(Instant::now());
                if metered().await == Metered::Yes {
                    return;
                }
            }
            if looked.elapsed() > LOOK_CLOSELY_EVERY {
                self.look_at_installed(chunks).await;
                looked = Instant::now();
            }
            sleep(LOOK_EVERY).await;
        }
    }

    async fn look_at_installed(&self, chunks: &Arc<InstalledChunks>) {
        let receipts = self.receipts().unwrap_or_default().into_iter();
        let roots: Vec<Utf8PathBuf> = receipts.map(|receipt| receipt.root.into()).collect();
        let jobs = self.0.jobs.all().unwrap_or_default().into_iter();
        let unfinished = jobs.filter(|job| job.record.state.is_unfinished());
        let being_made: Vec<Utf8PathBuf> = unfinished.map(|job| job.record.task.root.into()).collect();
        let (chunks, cache) = (chunks.clone(), self.0.cache.clone());
        let index_of = move |sha256: &Digest| {
            let index = Index::from_stored(&cache.find(sha256)?);
            index.ok().map(Arc::new)
        };
        let looking = move || {
            chunks.look(&roots);
            chunks.look_at_unfinished(&being_made, index_of);
        };
        // It only fails where the program is about to end.
        let _ = tokio::task::spawn_blocking(looking).await;
    }

    async fn be_found(&self, port: u16) -> Infallible {
        if self.own_peer_address().is_some() {
            return std::future::pending().await;
        }
        loop {
            match peers::listen_for_questions() {
                Ok(ears) => {
                    let _over = timeout(HEARING, peers::answer(&ears, port)).await;
                }
                Err(error) => {
                    tracing::debug!(%error, "Other computers cannot find this one.");
                    sleep(ASK_EVERY).await;
                }
            }
        }
    }

    fn own_peer_address(&self) -> Option<SocketAddr> {
        match &self.0.options.neighbourhood {
            Neighbourhood::Named(addresses) => addresses.first().copied(),
            Neighbourhood::LocalNetwork => None,
        }
    }

    fn giver_lock(&self) -> Utf8PathBuf {
        self.0.home.root().join("giving.lock")
    }
}

/// Whether the organisation decided it.
const fn is_decided(rule: Option<PeersPolicy>) -> bool {
    match rule {
        Some(PeersPolicy::On | PeersPolicy::Off) => true,
        Some(PeersPolicy::Allowed) | None => false,
    }
}

const fn is_on(rule: Option<PeersPolicy>, person: bool) -> bool {
    match rule {
        Some(PeersPolicy::On) => true,
        Some(PeersPolicy::Off) => false,
        Some(PeersPolicy::Allowed) | None => person,
    }
}

#[cfg(test)]
mod tests;
