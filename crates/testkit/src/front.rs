//! What stands in front of a service that speaks plain HTTP: it has the certificate, and hands on what it unwraps.

use crate::runtime::runtime;
use camino::Utf8Path;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// An issuer of certificates, whom only those trust who are told to.
#[derive(Debug)]
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// A reverse proxy on `127.0.0.1`; gone with this value.
#[derive(Debug)]
pub struct Front {
    port: u16,
    _runtime: Runtime,
}

impl Authority {
    /// An issuer of this name.
    ///
    /// # Panics
    /// When no certificate can be made.
    pub fn new(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut about = CertificateParams::new(vec![]).expect("no names");
        about.distinguished_name.push(DnType::CommonName, name);
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = about.self_signed(&key).expect("signed");
        Self {
            pem: certificate.pem(),
            issuer: Issuer::new(about, key),
        }
    }

    /// Writes down what makes others trust it, for `SSL_CERT_FILE`.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write(&self, path: &Utf8Path) {
        fs_err::write(path, &self.pem).expect("written");
    }

    fn certified(&self, name: &str) -> ServerConfig {
        let key = KeyPair::generate().expect("a key");
        let about = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        let certificate = about.signed_by(&key, &self.issuer).expect("signed");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("certificate and key belong together")
    }
}

impl Front {
    /// Stands before the service at `url`, with a certificate for `name`.
    ///
    /// # Panics
    /// When loopback cannot be listened on.
    pub fn of(url: &str, name: &str, authority: &Authority) -> Self {
        let behind: SocketAddr = url.trim_start_matches("http://").parse().expect("an address");
        let acceptor = TlsAcceptor::from(Arc::new(authority.certified(name)));
        let runtime = runtime();
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("loopback can be listened on");
        let port = listener.local_addr().expect("bound").port();
        runtime.spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(hand_on(socket, acceptor.clone(), behind));
            }
        });
        Self {
            port,
            _runtime: runtime,
        }
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

/// Whoever does not like the certificate is gone before anything is handed on.
async fn hand_on(socket: TcpStream, acceptor: TlsAcceptor, behind: SocketAddr) {
    let Ok(mut outside) = acceptor.accept(socket).await else {
        return;
    };
    if let Ok(mut inside) = TcpStream::connect(behind).await {
        let _either_is_gone = tokio::io::copy_bidirectional(&mut outside, &mut inside).await;
    }
}
