use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A server on loopback that answers each request with the next of these texts, and the last one for ever.
struct Server {
    url: String,
    asked: Arc<AtomicUsize>,
}

async fn server(answers: &'static [&'static str]) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(socket.read_u8().await.expect("a request"));
            }
            let at = count.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
            let _gone = socket.write_all(answers[at].as_bytes()).await;
        }
    });
    Server {
        url: format!("http://127.0.0.1:{port}/proxy.pac"),
        asked,
    }
}

fn follower(place: &str) -> Follower {
    Follower::new(
        place.parse().expect("a place"),
        Hop::Direct,
        Settings::new("toolcrib-test"),
    )
}

fn to(host: &str) -> Url {
    Url::parse(&format!("https://{host}/")).expect("an address")
}

const SCRIPT: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfunction FindProxyForURL(url, host) { return 'PROXY ' + host + ':1' }";

#[tokio::test]
async fn a_script_is_fetched_once_for_all_servers_and_all_who_ask_at_once() {
    let server = server(&[SCRIPT]).await;
    let follower = follower(&server.url);
    let (a, b) = (to("a.example"), to("b.example"));
    let (one, other) = tokio::join!(follower.ways(&a), follower.ways(&b));
    assert_eq!(
        (one[0].to_string(), other[0].to_string()),
        ("PROXY a.example:1".to_owned(), "PROXY b.example:1".to_owned())
    );
    assert_eq!(server.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn where_the_script_cannot_be_had_the_other_way_is_taken_and_the_fault_told() {
    for place in ["http://127.0.0.1:9/proxy.pac", "file:///nowhere/proxy.pac"] {
        let follower = follower(place);
        assert_eq!(follower.ways(&to("a.example")).await, [Hop::Direct]);
        let fault = follower.ask(&to("a.example")).await.expect_err("no script");
        assert!(
            matches!(*fault, Error::Fetch { .. } | Error::Missing { .. }),
            "{fault}"
        );
    }
    let missing = server(&["HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"]).await;
    assert_eq!(follower(&missing.url).ways(&to("a.example")).await, [Hop::Direct]);
}

#[tokio::test]
async fn a_script_larger_than_any_is_not_read_to_its_end() {
    const LARGE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n//";
    let server = server(&[LARGE]).await;
    let fault = follower(&server.url)
        .ask(&to("a.example"))
        .await
        .expect_err("too large");
    assert!(
        matches!(
            &*fault,
            Error::Fetch {
                source: toolcrib_net::Error::TooLong { .. }
            }
        ),
        "{fault}"
    );
}

#[tokio::test]
async fn a_script_that_was_had_counts_on_where_a_newer_one_cannot_be_had() {
    let server = server(&[SCRIPT, "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"]).await;
    let follower = follower(&server.url);
    follower.ask(&to("a.example")).await.expect("a script");
    let next = follower.edition().next();
    *follower.edition.lock().expect("whole") = Arc::new(next);
    let ways = follower.ask(&to("b.example")).await.expect("the earlier script");
    assert_eq!(ways[0].to_string(), "PROXY b.example:1");
    assert_eq!(server.asked.load(Ordering::SeqCst), 2);
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_others_may_write_is_no_script() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("proxy.pac");
    std::fs::write(&path, "function FindProxyForURL() { return 'DIRECT' }").expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).expect("changed");
    let follower = follower(&format!("file://{}", path.display()));
    let fault = follower.ask(&to("a.example")).await.expect_err("not believed");
    assert!(
        fault.sentence().contains("is not believed"),
        "{}",
        fault.sentence()
    );
}
