use super::*;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Always says the same, and counts how often.
#[derive(Debug)]
struct Says {
    ways: Vec<Hop>,
    asked: AtomicUsize,
}

impl Chooser for Says {
    fn ways<'a>(&'a self, _to: &'a Url) -> BoxFuture<'a, Vec<Hop>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        async { self.ways.clone() }.boxed()
    }
}

fn url(text: &str) -> Url {
    Url::parse(text).expect("a URL")
}

fn board(ways: &[&str]) -> (Board, Arc<Says>) {
    let hop = |way: &&str| match *way {
        "DIRECT" => Hop::Direct,
        proxy => Hop::Proxy(url(proxy)),
    };
    let says = Arc::new(Says {
        ways: ways.iter().map(hop).collect(),
        asked: AtomicUsize::new(0),
    });
    (Board::new(Arc::clone(&says) as Arc<dyn Chooser>), says)
}

#[tokio::test]
async fn ways_are_asked_for_once_a_server() {
    let (board, says) = board(&["http://p.example:1"]);
    for to in [
        "https://a.example/x",
        "https://a.example:443/y",
        "https://b.example",
    ] {
        board.prepare(&url(to)).await;
        assert_eq!(board.proxy(&url(to)), Some(url("http://p.example:1")));
    }
    assert_eq!(says.asked.load(Ordering::SeqCst), 2);
    assert_eq!(board.proxy(&url("https://c.example")), None, "nobody asked yet");
}

#[tokio::test]
async fn a_closed_way_is_left_once_however_many_find_it_closed() {
    let (board, _) = board(&["http://p.example:1", "http://q.example:2", "DIRECT"]);
    let to = url("https://a.example");
    let first = board.prepare(&to).await;
    assert!(board.leave(&to, first) && board.leave(&to, first));
    assert_eq!(board.proxy(&to), Some(url("http://q.example:2")));
    let second = board.prepare(&to).await;
    assert!(board.leave(&to, second));
    assert_eq!(board.proxy(&to), None, "direct");
    assert!(!board.leave(&to, board.prepare(&to).await), "there is no other");
}
