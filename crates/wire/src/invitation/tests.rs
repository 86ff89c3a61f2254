use super::*;
use proptest::prelude::*;
use serde::Deserialize;

const TOKEN: &str = "tch_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const SERVER: &str = "server=https%3A%2F%2Fcrib.example%2F";

#[derive(Deserialize)]
struct Vectors {
    links: Vec<Link>,
    bad_links: Vec<String>,
    files: Vec<serde_json::Value>,
    bad_files: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Link {
    link: String,
    product: String,
    server: String,
    hand_over: bool,
    version: Option<String>,
    language: Option<String>,
}

fn vectors() -> Vectors {
    let raw = include_str!("../../../../tests/vectors/invitation.json");
    serde_json::from_str(raw).expect("the vectors are well formed")
}

fn parse(raw: &str) -> Result<Invitation, BadInvitation> {
    raw.parse()
}

#[test]
fn every_good_link_says_what_it_says_and_is_written_alike() {
    for vector in vectors().links {
        let invitation = parse(&vector.link).unwrap_or_else(|bad| panic!("{}: {bad}", vector.link));
        assert_eq!(invitation.product.as_str(), vector.product);
        assert_eq!(invitation.server.as_str(), vector.server);
        assert_eq!(invitation.hand_over.is_some(), vector.hand_over);
        assert_eq!(
            invitation.version.as_ref().map(Version::to_string),
            vector.version
        );
        assert_eq!(
            invitation.language.as_ref().map(Language::to_string),
            vector.language
        );
        assert_eq!(parse(&invitation.link()), Ok(invitation));
    }
}

#[test]
fn every_hostile_link_is_refused() {
    for link in vectors().bad_links {
        assert!(parse(&link).is_err(), "{link}");
    }
}

#[test]
fn every_good_file_is_read_and_every_other_is_refused() {
    let Vectors { files, bad_files, .. } = vectors();
    for file in files {
        let read = Invitation::from_file(file.to_string().as_bytes()).expect("a good file");
        assert_eq!(Some(read.product.as_str()), file["product"].as_str());
        assert_eq!(read.hand_over, None);
    }
    for file in bad_files {
        assert!(
            Invitation::from_file(file.to_string().as_bytes()).is_err(),
            "{file}"
        );
    }
}

#[test]
fn each_fault_is_named_by_itself() {
    use BadInvitation as Bad;
    let after = |words: &str| format!("toolcrib://install/zig?{words}");
    let table = [
        ("https://crib.example/install/zig".to_owned(), Bad::OtherLink),
        ("toolcrib://remove/zig".to_owned(), Bad::OtherLink),
        ("toolcrib://install/../zig?x".to_owned(), Bad::Product),
        ("toolcrib://install/zig".to_owned(), Bad::Server),
        (after(""), Bad::Server),
        (after(&format!("{SERVER}&{SERVER}")), Bad::Twice("server")),
        (after(&format!("{SERVER}&run=1")), Bad::UnknownWord),
        (after(&format!("{SERVER}&version")), Bad::UnknownWord),
        (after(&format!("{SERVER}&version=new")), Bad::Version),
        (after(&format!("{SERVER}&language=%2e%2e")), Bad::Language),
        (after(&format!("{SERVER}&hand-over=tcr_x")), Bad::HandOver),
        (after(&format!("{SERVER}&version=1.0.0%0A")), Bad::Characters),
        (after(&format!("{SERVER}&version=1.0.%f")), Bad::Characters),
        (after("server=https%3A%2F%2Fann%3Apw%40crib.example"), Bad::Server),
        (after(&format!("server={}", "x".repeat(3_000))), Bad::TooLong),
    ];
    for (link, expected) in table {
        assert_eq!(parse(&link), Err(expected), "{link}");
    }
}

#[test]
fn a_file_that_is_too_long_is_refused_before_it_is_read() {
    let long = format!(
        "{{\"schema\":1,\"product\":\"zig\",\"server\":\"https://a\"}}{}",
        " ".repeat(5_000)
    );
    assert_eq!(
        Invitation::from_file(long.as_bytes()),
        Err(BadInvitation::TooLong)
    );
}

#[test]
fn neither_an_invitation_nor_its_faults_show_the_token() {
    let link = format!("toolcrib://install/zig?{SERVER}&hand-over={TOKEN}");
    let invitation = parse(&link).expect("a link");
    assert!(!format!("{invitation:?}").contains(TOKEN));
    let broken = parse(&format!("{link}&hand-over={TOKEN}")).expect_err("said twice");
    assert!(!format!("{broken} {broken:?}").contains(TOKEN));
}

proptest! {
    #[test]
    fn whatever_is_read_is_written_and_read_alike(
        product in "[a-z0-9][a-z0-9-]{0,20}",
        host in "[a-z]{1,12}\\.example",
        token in proptest::option::of("[A-Za-z0-9_-]{43}"),
        version in proptest::option::of((0_u64..99, 0_u64..99, 0_u64..99)),
        language in proptest::option::of("[a-z]{2}(-[A-Z]{2})?"),
    ) {
        let invitation = Invitation {
            product: product.parse().expect("an id"),
            server: Url::parse(&format!("https://{host}/crib")).expect("an address"),
            hand_over: token.map(|token| format!("tch_{token}").parse().expect("a token")),
            version: version.map(|(major, minor, patch)| Version::new(major, minor, patch)),
            language: language.map(|language| language.parse().expect("a language")),
        };
        prop_assert_eq!(parse(&invitation.link()), Ok(invitation));
    }

    #[test]
    fn nothing_makes_the_reader_stumble(raw in "\\PC{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&raw);
        let _ = parse(&format!("{BEGINNING}{raw}"));
        let _ = Invitation::from_file(&bytes);
    }

    #[test]
    fn an_accepted_link_asks_a_bare_web_address(tail in "[ -~]{0,80}") {
        if let Ok(found) = parse(&format!("{BEGINNING}zig?{SERVER}&{tail}")) {
            prop_assert_eq!(found.server.as_str(), "https://crib.example/");
            prop_assert_eq!(found.product.as_str(), "zig");
        }
    }
}
