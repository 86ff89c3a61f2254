//! What may answer in place of an account service: a proxy, a balancer whose service is gone, somebody who opens
//! protected connections, a port that drops everything. All on loopback.

use crate::runtime::runtime;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// A proxy that wants a name and a password.
pub const WANTS_A_PASSWORD: &str = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: 0\r\n\r\n";

/// A balancer whose service is gone.
pub const UNWELL: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\ngone\n";

/// A network that shows its own page first.
pub const PAGE: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";

/// Somebody who answers every request in the same way; gone with this value.
#[derive(Debug)]
pub struct StandIn {
    /// The port on `127.0.0.1`.
    pub port: u16,
    heard: Heard,
    _runtime: Runtime,
}

/// The first line of each request.
type Heard = Arc<Mutex<Vec<String>>>;

impl StandIn {
    /// Answers everything with `text`.
    pub fn saying(text: &'static str) -> Self {
        Self::start(move |socket, heard| async move { answer(socket, text, &heard).await })
    }

    /// A proxy that leads everybody to one port of this computer, whatever name is asked for.
    pub fn leading_to(port: u16) -> Self {
        const LET_THROUGH: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";
        Self::start(move |mut socket, heard| async move {
            if listen(&mut socket, &heard).await.is_none() || socket.write_all(LET_THROUGH).await.is_err() {
                return;
            }
            if let Ok(mut there) = TcpStream::connect(("127.0.0.1", port)).await {
                let _one_side_closed = tokio::io::copy_bidirectional(&mut socket, &mut there).await;
            }
        })
    }

    /// The first line of each request that was heard so far.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows a certificate for `localhost` from an issuer of this name, whom nobody trusts.
    ///
    /// # Panics
    /// When no certificate can be made.
    pub fn opening_connections(issuer: &str) -> Self {
        let acceptor = TlsAcceptor::from(Arc::new(certified(issuer)));
        Self::start(move |socket, heard| {
            let acceptor = acceptor.clone();
            async move {
                if let Ok(socket) = acceptor.accept(socket).await {
                    answer(socket, UNWELL, &heard).await;
                }
            }
        })
    }

    /// A port whose queue is full: whoever knocks hears nothing, as behind a firewall that drops.
    ///
    /// # Panics
    /// When loopback cannot be listened on.
    pub fn dropping_everything() -> Self {
        let runtime = runtime();
        let (listener, port, waiting) = runtime.block_on(async {
            let socket = TcpSocket::new_v4().expect("a socket");
            socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
            let listener = socket.listen(0).expect("it listens");
            let port = listener.local_addr().expect("bound").port();
            (listener, port, until_full(port).await)
        });
        runtime.spawn(async move {
            std::future::pending::<()>().await;
            drop((listener, waiting));
        });
        Self {
            port,
            heard: Heard::default(),
            _runtime: runtime,
        }
    }

    fn start<F: Future<Output = ()> + Send + 'static>(
        serve: impl Fn(TcpStream, Heard) -> F + Send + Sync + 'static,
    ) -> Self {
        let (runtime, heard) = (runtime(), Heard::default());
        let kept = Arc::clone(&heard);
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("loopback can be listened on");
        let port = listener.local_addr().expect("bound").port();
        runtime.spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, Arc::clone(&kept)));
            }
        });
        Self {
            port,
            heard,
            _runtime: runtime,
        }
    }
}

/// Knocks until the queue is full, which nobody empties; those who stand in it.
async fn until_full(port: u16) -> Vec<TcpStream> {
    let mut waiting = Vec::new();
    loop {
        let knock = TcpStream::connect(("127.0.0.1", port));
        // Whoever finds room is taken at once, by the system.
        match tokio::time::timeout(Duration::from_millis(500), knock).await {
            Ok(taken) => waiting.push(taken.expect("the port is open")),
            Err(_) => return waiting,
        }
    }
}

async fn answer(mut socket: impl AsyncRead + AsyncWrite + Unpin, text: &str, heard: &Heard) {
    // Whoever asked may have gone: then nobody misses the answer.
    if listen(&mut socket, heard).await.is_some() && socket.write_all(text.as_bytes()).await.is_ok() {
        let _gone = socket.shutdown().await;
    }
}

/// Reads the head of a request; `None` where whoever asked has gone.
async fn listen(socket: &mut (impl AsyncRead + Unpin), heard: &Heard) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.ok()?);
    }
    let line = String::from_utf8_lossy(&head).lines().next()?.to_owned();
    heard.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    Some(())
}

fn certified(issuer: &str) -> ServerConfig {
    let authority = KeyPair::generate().expect("a key");
    let mut about = CertificateParams::new(vec![]).expect("no names");
    about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    about.distinguished_name.push(DnType::CommonName, issuer);
    let key = KeyPair::generate().expect("a key");
    let certificate = CertificateParams::new(vec!["localhost".to_owned()])
        .and_then(|names| names.signed_by(&key, &Issuer::new(about, authority)))
        .expect("a certificate");
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("certificate and key belong together")
}
