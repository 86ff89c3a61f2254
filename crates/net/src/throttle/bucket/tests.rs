use super::*;
use proptest::prelude::*;

/// Asks again and again, waiting as told and then for as long as `idle` says; answers when how much passed.
fn passed(rate: u64, asked: &[(u64, u64)]) -> Vec<(Duration, u64)> {
    let (start, mut bucket) = (Instant::now(), Bucket::default());
    let (mut now, mut passed) = (start, Vec::new());
    for (wanted, idle_ms) in asked {
        loop {
            match bucket.take(now, rate, *wanted) {
                Taken::NotBefore(wait) => now += wait,
                Taken::Now(bytes) => break passed.push((now - start, bytes)),
            }
        }
        now += Duration::from_millis(*idle_ms);
    }
    passed
}

#[test]
fn it_begins_without_a_burst_and_never_waits_longer_than_it_must() {
    let (start, mut bucket) = (Instant::now(), Bucket::default());
    let quarter = Duration::from_millis(250);
    assert_eq!(
        bucket.take(start, 1_000_000, 1 << 30),
        Taken::NotBefore(quarter / 4)
    );
    assert_eq!(
        bucket.take(start + quarter / 4, 1_000_000, 1 << 30),
        Taken::Now(62_500)
    );
    let much_later = start + 40 * quarter;
    let sips = std::iter::repeat_with(|| bucket.take(much_later, 1_000_000, 1 << 30));
    let at_once = sips.take_while(|taken| *taken == Taken::Now(62_500)).count();
    assert_eq!(at_once, 4, "what was not used for long is one full bucket");
}

#[test]
fn a_smaller_limit_counts_at_once() {
    let (start, mut bucket) = (Instant::now(), Bucket::default());
    bucket.take(start, 100_000_000, 1);
    let later = start + Duration::from_secs(1);
    assert_eq!(bucket.take(later, 100_000, 1 << 30), Taken::Now(6_250));
}

proptest! {
    /// The promise: over any span no more than its time allows, and one full bucket.
    #[test]
    fn over_any_span_no_more_passes_than_the_limit_and_one_bucket(
        rate in 16_000_u64..50_000_000,
        asked in prop::collection::vec((1_u64..2_000_000, 0_u64..400), 1..120),
    ) {
        let passed = passed(rate, &asked);
        for (first, (begun, _)) in passed.iter().enumerate() {
            let mut sum = 0_u128;
            for (at, bytes) in &passed[first..] {
                sum += u128::from(*bytes);
                let allowed = (*at - *begun).as_nanos() * u128::from(rate) / NANOS + u128::from(depth(rate));
                prop_assert!(sum <= allowed + 1, "{sum} passed, {allowed} are allowed");
            }
        }
    }

    /// And not much less, as long as somebody asks.
    #[test]
    fn whoever_always_asks_gets_the_limit(rate in 16_000_u64..50_000_000, wanted in 1_000_u64..2_000_000) {
        let passed = passed(rate, &[(wanted, 0); 200]);
        let sum: u128 = passed.iter().map(|(_, bytes)| u128::from(*bytes)).sum();
        let took = passed.last().expect("some passed").0;
        let allowed = took.as_nanos() * u128::from(rate) / NANOS;
        prop_assert!(sum + u128::from(depth(rate)) >= allowed, "{sum} of {allowed}");
    }
}
