//! A server that does exactly what a test says, byte by byte.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket};
use toolcrib_net::{Http, SafeUrl, Settings};

/// What the server does after it has read the head of a request. At the end it closes the connection.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Sends these bytes.
    Say(Vec<u8>),
    /// Does nothing for so long.
    Wait(Duration),
    /// Reads so many bytes of the request's body, a piece at a time, with a rest after each.
    Read(usize, Duration),
    /// Sends this byte for ever.
    Endless(u8),
    /// Does nothing for ever.
    Hang,
}

/// A server on loopback.
pub(crate) struct Origin {
    /// `http://127.0.0.1:port/`.
    pub(crate) url: SafeUrl,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Origin {
    /// Answers each request with the steps that `script` makes of its head. One request a connection.
    pub(crate) async fn start(script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::serve(TcpListener::bind("127.0.0.1:0").await.expect("a port"), script)
    }

    /// As [`Origin::start`], and the system takes hardly more from a client than the steps have read.
    pub(crate) async fn start_narrow(script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(64 << 10).expect("narrow");
        socket
            .bind("127.0.0.1:0".parse().expect("an address"))
            .expect("a port");
        Self::serve(socket.listen(16).expect("listening"), script)
    }

    fn serve(listener: TcpListener, script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let port = listener.local_addr().expect("bound").port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (script, kept) = (Arc::new(script), Arc::clone(&heads));
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let (script, kept) = (Arc::clone(&script), Arc::clone(&kept));
                tokio::spawn(async move {
                    let Some(head) = read_head(&mut socket).await else {
                        return;
                    };
                    kept.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(head.clone());
                    play(&mut socket, script(&head)).await;
                });
            }
        });
        Self {
            url: url(&format!("http://127.0.0.1:{port}/")),
            heads,
        }
    }

    /// Always says the same.
    pub(crate) async fn saying(text: &'static str) -> Self {
        Self::start(move |_| vec![say(text)]).await
    }

    /// The heads of all requests so far, in lower case.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A path on this server.
    pub(crate) fn at(&self, path: &str) -> SafeUrl {
        self.url.join(path).expect("a URL")
    }
}

/// The head of a request, in lower case.
pub(crate) async fn read_head(socket: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.ok()?);
    }
    Some(String::from_utf8_lossy(&head).to_lowercase())
}

/// Does what the steps say; a client that leaves ends it.
pub(crate) async fn play(socket: &mut (impl AsyncRead + AsyncWrite + Unpin), steps: Vec<Step>) {
    for step in steps {
        let done = match step {
            Step::Say(bytes) => socket.write_all(&bytes).await,
            Step::Wait(span) => {
                let _ = socket.flush().await;
                tokio::time::sleep(span).await;
                Ok(())
            }
            Step::Read(length, rest) => read_slowly(socket, length, rest).await,
            Step::Endless(byte) => loop {
                if let Err(error) = socket.write_all(&[byte; 8192]).await {
                    break Err(error);
                }
            },
            Step::Hang => std::future::pending().await,
        };
        if done.is_err() {
            return;
        }
    }
    let _ = socket.shutdown().await;
}

async fn read_slowly(
    socket: &mut (impl AsyncRead + Unpin),
    mut left: usize,
    rest: Duration,
) -> std::io::Result<()> {
    let mut buffer = vec![0; 64 << 10];
    while left > 0 {
        let most = left.min(buffer.len());
        match socket.read(&mut buffer[..most]).await? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => left -= count,
        }
        tokio::time::sleep(rest).await;
    }
    Ok(())
}

/// Says a text whose lines end as HTTP wants them; the body begins after the first empty line.
pub(crate) fn say(text: &str) -> Step {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    Step::Say(format!("{}\r\n\r\n{body}", head.replace('\n', "\r\n")).into_bytes())
}

pub(crate) fn url(raw: &str) -> SafeUrl {
    SafeUrl::parse(raw).expect("a URL")
}

/// Settings with more patience than any good answer needs, however busy the computer is.
pub(crate) fn settings() -> Settings {
    let mut settings = Settings::new("toolcrib-test/1");
    settings.stall_timeout = Duration::from_secs(30);
    settings.connect_timeout = Duration::from_secs(30);
    settings
}

pub(crate) fn http() -> Http {
    Http::new(settings()).expect("set up")
}

/// A stack that puts up with so much silence only.
pub(crate) fn impatient(silence: Duration) -> Http {
    let mut settings = settings();
    settings.stall_timeout = silence;
    Http::new(settings).expect("set up")
}
