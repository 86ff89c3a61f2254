use super::*;
use futures::future::join_all;
use std::time::Duration;

fn rate(bytes_per_s: u64) -> Option<Rate> {
    Some(bytes_per_s.try_into().expect("a rate"))
}

#[tokio::test]
async fn without_a_limit_everything_passes_at_once() {
    let throttle = Throttle::default();
    assert_eq!(throttle.pass(usize::MAX).await, usize::MAX);
    assert_eq!(throttle.bytes_per_s(), None);
    assert_eq!(throttle.pass(0).await, 0);
}

#[tokio::test]
async fn many_who_take_together_keep_to_one_limit_and_get_alike() {
    const LIMIT: u64 = 400_000;
    let throttle = Throttle::default();
    throttle.limit(rate(LIMIT));
    let begun = Instant::now();
    let lanes = (0..4).map(|_| async {
        let (mut sips, mut left) = (Vec::new(), 100_000);
        while left > 0 {
            let passed = throttle.pass(left).await;
            sips.push((Instant::now(), passed));
            left -= passed;
        }
        sips
    });
    let lanes = join_all(lanes).await;
    let took = begun.elapsed().as_secs_f64();
    assert!(took >= 400_000.0 / LIMIT as f64 - 0.001, "{took} s");
    // Nobody is finished before everybody has had most of theirs.
    let first_end = lanes
        .iter()
        .filter_map(|sips| sips.last())
        .map(|(at, _)| *at)
        .min();
    let first_end = first_end.expect("lanes ended");
    for sips in &lanes {
        let by_then = sips.iter().filter(|(at, _)| *at <= first_end);
        let had: usize = by_then.map(|(_, passed)| passed).sum();
        assert!(had >= 25_000, "{had} of 100000");
    }
}

#[tokio::test]
async fn whoever_waits_is_told_when_the_limit_goes() {
    let throttle = Throttle::default();
    throttle.limit(rate(16_000));
    let waiting = throttle.clone();
    let waits = tokio::spawn(async move { waiting.pass_all(100_000_000).await });
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(!waits.is_finished(), "it would take almost two hours");
    throttle.limit(None);
    waits.await.expect("it goes on");
}

#[tokio::test]
async fn somebody_who_leaves_the_line_keeps_nobody_waiting() {
    let throttle = Throttle::default();
    throttle.limit(rate(16_000));
    {
        let leaving = throttle.pass_all(1_000_000);
        tokio::pin!(leaving);
        assert!(futures::poll!(&mut leaving).is_pending());
    }
    throttle.limit(None);
    assert_eq!(throttle.pass(10).await, 10);
}
