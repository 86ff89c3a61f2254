use super::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn ask(origin: &Origin, digest: &str, headers: &str) -> (String, Vec<u8>) {
    let link = origin.link(digest);
    let target = link.split_once("/content/").expect("a link").1;
    let mut stream = TcpStream::connect(origin.address).await.expect("connects");
    let request = format!("GET /content/{target} HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.expect("writes");
    stream.shutdown().await.expect("shuts down");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let end = answer
        .windows(4)
        .position(|bytes| bytes == b"\r\n\r\n")
        .expect("a head");
    (
        String::from_utf8_lossy(&answer[..end]).into_owned(),
        answer[end + 4..].to_vec(),
    )
}

#[tokio::test]
async fn a_range_is_answered_with_exactly_that_range() {
    let origin = Origin::start().await;
    let digest = origin.add(&b"0123456789"[..]);
    let (head, body) = ask(&origin, &digest, "Range: bytes=2-5\r\n").await;
    assert!(
        head.starts_with("HTTP/1.1 206") && head.contains("Content-Range: bytes 2-5/10"),
        "{head}"
    );
    assert_eq!(
        (body.as_slice(), origin.served_bytes_of(&digest)),
        (&b"2345"[..], 4)
    );
    assert_eq!(
        origin.asked(),
        [Asked {
            blob: digest,
            range: 2..6,
            status: 206
        }]
    );
}

#[tokio::test]
async fn another_tag_gets_the_whole_blob() {
    let origin = Origin::start().await;
    let digest = origin.add(&b"0123456789"[..]);
    let (head, body) = ask(&origin, &digest, "Range: bytes=2-5\r\nIf-Range: \"other\"\r\n").await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(body, b"0123456789");
}

#[tokio::test]
async fn more_than_is_to_be_served_is_waited_for_and_then_never_comes() {
    let origin = Origin::start().await;
    let digest = origin.add(vec![7; 1 << 20]);
    origin.serve_up_to(100_000);
    let asking = ask(&origin, &digest, "");
    let serving = async {
        origin.wait_for_served(100_000).await;
        assert!(origin.served_bytes() < 200_000, "{}", origin.served_bytes());
        origin.serve_on();
    };
    let ((_, body), ()) = tokio::join!(asking, serving);
    assert!(body.len() < 200_000, "{}", body.len());
    let (_, body) = ask(&origin, &digest, "").await;
    assert_eq!(body.len(), 1 << 20);
}

#[tokio::test]
async fn faults_happen_as_often_as_they_were_asked_for() {
    let origin = Origin::start().await;
    let digest = origin.add(&b"0123456789"[..]);
    origin.misbehave(Fault::Truncate { after: 3 }, Times::Once);
    origin.misbehave_for(&digest, Fault::Corrupt { at: 0 }, Times::Some(1));
    assert_eq!(ask(&origin, &digest, "").await.1, b"012");
    assert_eq!(ask(&origin, &digest, "").await.1[0], b'0' ^ 0xff);
    assert_eq!(ask(&origin, &digest, "").await.1, b"0123456789");
}

#[tokio::test]
async fn an_expired_link_is_refused_until_a_new_one_is_asked_for() {
    let origin = Origin::start().await;
    let digest = origin.add(&b"0123456789"[..]);
    let old = origin.link(&digest);
    origin.expire_links();
    assert_ne!(old, origin.link(&digest));
    assert!(ask(&origin, &digest, "").await.0.starts_with("HTTP/1.1 200"));
}
