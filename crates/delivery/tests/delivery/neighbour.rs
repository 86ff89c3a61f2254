//! Other computers of the network: good ones, and others.

use crate::world::{Release, World, install, order};
use camino::Utf8PathBuf;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use toolcrib_delivery::InstalledChunks;
use toolcrib_net::Throttle;
use toolcrib_net::peers::{self, Gifts, Giving, Name, PeerAddress};

/// Installs a release on another computer; answers its install root.
pub(crate) async fn install_at_neighbour(world: &World, release: &Release) -> Utf8PathBuf {
    let home = world.path.join("neighbour");
    for name in ["home/receipts", "home/menu", "apps"] {
        std::fs::create_dir_all(home.join(name)).expect("a folder");
    }
    let root = home.join("apps/draft");
    let outcome = install(world, order(release, &home, &root)).await;
    outcome.expect("installed at the neighbour's");
    root
}

/// A computer that gives; gone with this value.
pub(crate) struct Giver {
    pub(crate) address: PeerAddress,
    pub(crate) giving: Giving,
    pub(crate) chunks: Arc<InstalledChunks>,
    root: Option<Utf8PathBuf>,
    task: JoinHandle<()>,
}

impl Giver {
    /// One that gives what is installed in a root, as fast as it can.
    pub(crate) async fn of(root: Utf8PathBuf) -> Self {
        let chunks = Arc::new(InstalledChunks::default());
        chunks.look(std::slice::from_ref(&root));
        let mut giver = Self::giving(chunks.clone(), Throttle::default()).await;
        (giver.chunks, giver.root) = (chunks, Some(root));
        giver
    }

    /// One that gives what is held of a release that is being made in a root.
    #[cfg(unix)]
    pub(crate) async fn making(root: Utf8PathBuf, release: &Release) -> Self {
        let chunks = Arc::new(InstalledChunks::default());
        let mut giver = Self::giving(chunks.clone(), Throttle::default()).await;
        (giver.chunks, giver.root) = (chunks, Some(root));
        giver.look_again(release);
        giver
    }

    /// Looks at what is held by now.
    #[cfg(unix)]
    pub(crate) fn look_again(&self, release: &Release) {
        let index = release.index.index().clone();
        let roots: Vec<_> = self.root.iter().cloned().collect();
        self.chunks.look_at_unfinished(&roots, |_| Some(index.clone()));
    }

    /// One that gives anything.
    pub(crate) async fn giving(gifts: Arc<dyn Gifts>, throttle: Throttle) -> Self {
        let doors = peers::listen(Some(([127, 0, 0, 1], 0).into()))
            .await
            .expect("listens");
        let address = PeerAddress::new(doors.address()).expect("a peer");
        let giving = Giving::new(gifts, throttle);
        let given = giving.clone();
        let task = tokio::spawn(async move { match peers::give(doors, given).await {} });
        Self {
            address,
            giving,
            chunks: Arc::default(),
            root: None,
            task,
        }
    }

    /// The tree of its release.
    pub(crate) fn tree(&self) -> Utf8PathBuf {
        let root = self.root.as_ref().expect("it has one");
        let current = toolcrib_delivery::current(root)
            .expect("reads")
            .expect("installed");
        root.join(current.tree.as_str())
    }
}

impl Drop for Giver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Gives something of the right length under the right name, with one bit that is wrong.
pub(crate) struct Forging(pub(crate) Arc<InstalledChunks>);

impl Gifts for Forging {
    fn has(&self, names: &[Name]) -> Vec<bool> {
        self.0.has(names)
    }

    fn piece(&self, name: &Name) -> Option<Vec<u8>> {
        let mut piece = self.0.piece(name)?;
        piece[0] ^= 1;
        Some(piece)
    }
}

/// How a neighbour misbehaves that promises everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rude {
    /// Takes connections and says nothing.
    SaysNothing,
    /// Breaks off when it is asked for a chunk.
    BreaksOff,
    /// Is silent when it is asked for a chunk.
    Stalls,
    /// Says that a chunk is short.
    SaysShort,
    /// Says that a chunk is as long as it can say, and sends for ever.
    Floods,
    /// Sends for ever, whatever it is asked.
    Raves,
    /// Does not have anything after all.
    HasNothing,
}

impl Rude {
    pub(crate) const ALL: [Self; 7] = [
        Self::SaysNothing,
        Self::BreaksOff,
        Self::Stalls,
        Self::SaysShort,
        Self::Floods,
        Self::Raves,
        Self::HasNothing,
    ];

    /// Listens on loopback, until the test ends.
    pub(crate) async fn listen(self) -> PeerAddress {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
        let address = PeerAddress::new(listener.local_addr().expect("bound")).expect("a peer");
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever asks may leave at any time.
                tokio::spawn(async move { drop(self.misbehave(stream).await) });
            }
        });
        address
    }

    async fn misbehave(self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.read_exact(&mut [0; 8]).await?;
        match self {
            Self::SaysNothing => std::future::pending().await,
            Self::Raves => return rave(stream).await,
            _ => {}
        }
        loop {
            if stream.read_u8().await? == 1 {
                let count = stream.read_u32().await? as usize;
                stream.read_exact(&mut vec![0; count * Name::BYTES]).await?;
                stream.write_all(&vec![0xff; count.div_ceil(8)]).await?;
                continue;
            }
            stream.read_exact(&mut [0; Name::BYTES]).await?;
            match self {
                Self::Stalls => std::future::pending().await,
                Self::SaysShort => stream.write_all(&[0, 0, 0, 3, 1, 2, 3]).await?,
                Self::Floods => {
                    stream.write_u32(u32::MAX).await?;
                    return rave(stream).await;
                }
                Self::HasNothing => stream.write_u32(0).await?,
                Self::BreaksOff | Self::SaysNothing | Self::Raves => return Ok(()),
            }
        }
    }
}

async fn rave(mut stream: TcpStream) -> std::io::Result<()> {
    loop {
        stream.write_all(&[0x55; 4096]).await?;
    }
}
