use super::*;

fn place(device: u32, release: &str) -> Place {
    let product = "draft".parse().expect("an id");
    let release = release.parse().expect("a version");
    Place::of(&Digest::of(&device.to_le_bytes()), &product, &release)
}

fn share(percent: u8) -> Percent {
    percent.try_into().expect("a share")
}

fn reached(percent: u8, release: &str) -> Vec<u32> {
    let within = |device: &u32| place(*device, release).is_within(share(percent));
    (0..10_000).filter(within).collect()
}

#[test]
fn the_same_device_always_gets_the_same_answer() {
    assert_eq!(place(7, "1.0.0"), place(7, "1.0.0"));
    assert_eq!(
        place(7, "1.0.0"),
        Place(4_489),
        "as every other program must have it"
    );
}

#[test]
fn nobody_is_within_none_and_everybody_within_all() {
    assert!(reached(0, "1.0.0").is_empty());
    assert_eq!(reached(100, "1.0.0").len(), 10_000);
}

#[test]
fn a_higher_share_only_adds_devices() {
    let mut before = Vec::new();
    for percent in 0..=100 {
        let now = reached(percent, "1.0.0");
        assert!(
            before.iter().all(|device| now.binary_search(device).is_ok()),
            "{percent}"
        );
        before = now;
    }
}

#[test]
fn a_share_reaches_about_as_many_devices() {
    for percent in [1, 10, 50, 90] {
        let reached = reached(percent, "1.0.0").len();
        let expected = usize::from(percent) * 100;
        // Five standard deviations of 10,000 throws are at most 250.
        assert!(reached.abs_diff(expected) < 250, "{percent} %: {reached}");
    }
}

#[test]
fn no_device_is_always_among_the_first() {
    let (one, other) = (reached(10, "1.0.0"), reached(10, "1.1.0"));
    let both = one
        .iter()
        .filter(|device| other.binary_search(device).is_ok())
        .count();
    assert!(
        (50..200).contains(&both),
        "{both} of 10,000 are among the first tenth twice"
    );
}

#[test]
fn only_shares_of_a_hundred_are_read() {
    assert_eq!("25".parse(), Ok(share(25)));
    for raw in ["101", "-1", "", "ten", "1000"] {
        assert_eq!(raw.parse::<Percent>(), Err(BadPercent), "{raw}");
    }
    assert!(serde_json::from_str::<Percent>("101").is_err());
}

#[derive(Deserialize)]
struct Vectors {
    tests: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    device: Digest,
    product: ProductId,
    version: Version,
    place: u64,
    offered_from_percent: u8,
}

#[test]
fn the_published_vectors_hold() {
    let raw = include_bytes!("../../../../tests/vectors/catalogue/rollout.json");
    let file: Vectors = serde_json::from_slice(raw).expect("the vectors");
    for test in &file.tests {
        let place = Place::of(&test.device, &test.product, &test.version);
        assert_eq!(place.get(), test.place, "{} {}", test.product, test.version);
        assert!(place.is_within(share(test.offered_from_percent)));
        assert!(!place.is_within(share(test.offered_from_percent - 1)));
    }
    assert_eq!(file.tests.len(), 6);
}
