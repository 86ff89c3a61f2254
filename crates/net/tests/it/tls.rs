//! Protected connections: whom we believe, and what we say when we do not.

use crate::origin::{play, read_head, say, settings, url};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use toolcrib_net::{Error, Http, Obstacle, SafeUrl, TlsProblem};

const ISSUER: &str = "Example Inspection CA";

/// An issuer of certificates, and what it is known by.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    der: Vec<u8>,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(vec![]).expect("no names");
        params.distinguished_name.push(DnType::CommonName, ISSUER);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).expect("signed");
        Self {
            pem: certificate.pem(),
            der: certificate.der().to_vec(),
            issuer: Issuer::new(params, key),
        }
    }

    /// A server that proves to be `name` and always says the same.
    async fn server(&self, name: &str, last_year: i32) -> SafeUrl {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(last_year, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).expect("signed");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let config = ServerConfig::builder().with_no_client_auth();
        let config = config
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a pair");
        serve(TlsAcceptor::from(Arc::new(config))).await
    }
}

async fn serve(acceptor: TlsAcceptor) -> SafeUrl {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("bound").port();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut socket) = acceptor.accept(socket).await else {
                    return;
                };
                if read_head(&mut socket).await.is_some() {
                    play(
                        &mut socket,
                        vec![say(
                            "HTTP/1.1 200 OK\nDate: Mon, 01 Jun 2026 12:00:00 GMT\nContent-Length: 2\n\nok",
                        )],
                    )
                    .await;
                }
            });
        }
    });
    url(&format!("https://localhost:{port}/"))
}

fn trusting(roots: Vec<Vec<u8>>) -> Http {
    let mut settings = settings();
    settings.extra_roots = roots;
    Http::new(settings).expect("set up")
}

async fn problem(http: &Http, url: &SafeUrl) -> TlsProblem {
    match http.fetch(url, 9).await {
        Err(Error::Tls { problem, .. }) => problem,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_added_certificate_is_believed_in_either_form() {
    let authority = Authority::new();
    let url = authority.server("localhost", 2099).await;
    for root in [authority.pem.clone().into_bytes(), authority.der.clone()] {
        assert_eq!(trusting(vec![root]).fetch(&url, 9).await.expect("believed"), "ok");
    }
}

#[tokio::test]
async fn an_unknown_issuer_is_told_as_such() {
    let url = Authority::new().server("localhost", 2099).await;
    let error = trusting(vec![]).fetch(&url, 9).await.expect_err("unknown");
    assert!(
        matches!(
            error,
            Error::Tls {
                problem: TlsProblem::UntrustedIssuer,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.to_string().contains("organisation inspects"), "{error}");
}

#[tokio::test]
async fn whoever_opens_a_connection_in_between_is_named_and_its_clock_is_read() {
    let url = Authority::new().server("localhost", 2099).await;
    let look = trusting(vec![]).look(&url).await;
    let expected = Obstacle::Certificate {
        problem: TlsProblem::UntrustedIssuer,
        issuer: Some(ISSUER.to_owned()),
    };
    assert_eq!(look.obstacle, Some(expected));
    assert_eq!(look.date, "2026-06-01T12:00:00Z".parse().ok());
}

#[tokio::test]
async fn a_wrong_name_and_a_past_date_have_their_own_words() {
    let authority = Authority::new();
    let http = trusting(vec![authority.der.clone()]);
    assert_eq!(
        problem(&http, &authority.server("other.example", 2099).await).await,
        TlsProblem::WrongName
    );
    assert_eq!(
        problem(&http, &authority.server("localhost", 2001).await).await,
        TlsProblem::OutOfDate
    );
}

#[tokio::test]
async fn a_server_without_protection_is_no_protected_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("bound").port();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            play(&mut socket, vec![say("HTTP/1.1 400 Speak up\n\n")]).await;
        }
    });
    let talking = url(&format!("https://127.0.0.1:{port}/"));
    assert_eq!(problem(&trusting(vec![]), &talking).await, TlsProblem::Other);
}

#[tokio::test]
async fn a_certificate_that_is_none_is_told_at_once() {
    let mut settings = settings();
    settings.extra_roots = vec![b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec()];
    assert!(matches!(Http::new(settings), Err(Error::SetUp { .. })));
}
