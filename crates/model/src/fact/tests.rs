use super::*;

#[test]
fn every_fact_name_is_read_back_from_its_text() {
    for name in FactName::ALL {
        assert_eq!(name.as_str().parse(), Ok(*name));
    }
}

#[test]
fn a_fact_nobody_read_is_unknown_with_a_reason() {
    assert!(matches!(Facts::new().fact(FactName::OsName), Fact::Unknown(reason) if !reason.is_empty()));
}

#[test]
fn facts_about_something_are_read_back_from_their_text() {
    for raw in [
        "os.family",
        "software.version:libgtk-3-0",
        "volume.free_bytes:D:",
        "port.free:8080",
        "network.tls:licences.example.com:8443",
        "runtime.version:java",
    ] {
        assert_eq!(
            raw.parse::<FactKey>().map(|key| key.to_string()),
            Ok(raw.to_owned())
        );
    }
}

#[test]
fn a_fact_is_refused_where_what_it_is_about_is_missing_or_makes_no_sense() {
    for (raw, expected) in [
        ("cpu.colour", "there is no fact named `cpu.colour`"),
        (
            "os.family:linux",
            "`os.family` is about the whole computer: write nothing after it",
        ),
        (
            "software.version",
            "`software.version` needs the name of a package after a colon",
        ),
        ("port.free:0", "`0` is not a port from 1 to 65535"),
        ("port.free:+80", "`+80` is not a port from 1 to 65535"),
        (
            "runtime.version:cobol",
            "`cobol` is not one of java, dotnet, python, node, vc",
        ),
        (
            "network.dns:http://x",
            "`http://x` is not a host name, or one with a port",
        ),
        ("path.present:etc/x", "`etc/x` is not an absolute path"),
        ("library.present:a\nb", "`a\\nb` is not the name of a library"),
    ] {
        let said = raw.parse::<FactKey>().expect_err(raw).to_string();
        assert_eq!(said, expected);
    }
}

#[test]
fn facts_are_an_object_from_key_to_fact() {
    let mut facts = Facts::new();
    facts.know(
        FactKey::about(FactName::PortFree, "80").expect("a port"),
        FactValue::Flag(true),
    );
    facts.miss(FactName::OsName, "no file");
    let text = serde_json::to_string(&facts).expect("written");
    assert_eq!(
        text,
        r#"{"os.name":{"unknown":"no file"},"port.free:80":{"known":{"flag":true}}}"#
    );
    assert_eq!(serde_json::from_str::<Facts>(&text).expect("read"), facts);
}
