use super::*;

fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
    list.iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a value")))
        .collect()
}

#[test]
fn only_a_strong_tag_is_a_validator() {
    assert_eq!(Validator::parse("\"a1\"").expect("strong").as_str(), "\"a1\"");
    for raw in [
        "W/\"a1\"",
        "a1",
        "\"",
        "\"a\"b\"",
        "\"a b\"",
        "",
        &format!("\"{}\"", "x".repeat(257)),
    ] {
        assert_eq!(Validator::parse(raw), None, "{raw}");
    }
}

#[test]
fn a_validator_is_stored_as_its_text_and_judged_when_read() {
    let json = serde_json::to_string(&Validator::parse("\"a1\"")).expect("JSON");
    assert_eq!(json, r#""\"a1\"""#);
    assert!(serde_json::from_str::<Validator>(&json).is_ok());
    assert!(serde_json::from_str::<Validator>(r#""W/\"a1\"""#).is_err());
}

#[test]
fn a_content_range_needs_all_three_numbers() {
    let read = |value| content_range(&headers(&[("content-range", value)]));
    assert_eq!(
        read("bytes 0-99/1000"),
        Some(ContentRange {
            first: 0,
            last: 99,
            total: 1000
        })
    );
    for value in [
        "bytes 0-99/*",
        "bytes */1000",
        "0-99/1000",
        "bytes=0-99/1000",
        "bytes -1-9/10",
        "bytes +0-9/10",
        "",
    ] {
        assert_eq!(read(value), None, "{value}");
    }
}

#[test]
fn a_wait_is_read_in_seconds_and_capped() {
    let read = |value| retry_after(&headers(&[("retry-after", value)]));
    assert_eq!(read("7"), Some(Duration::from_secs(7)));
    assert_eq!(read("999999999"), Some(Duration::from_secs(600)));
    assert_eq!(read("-1"), None);
    assert_eq!(read("soon"), None);
}

#[test]
fn a_wait_until_a_time_is_counted_by_the_servers_own_clock() {
    let read = |until| {
        retry_after(&headers(&[
            ("date", "Tue, 15 Nov 1994 08:12:31 GMT"),
            ("retry-after", until),
        ]))
    };
    assert_eq!(
        read("Tue, 15 Nov 1994 08:12:41 GMT"),
        Some(Duration::from_secs(10))
    );
    assert_eq!(read("Tue, 15 Nov 1994 08:12:21 GMT"), Some(Duration::ZERO));
}

#[test]
fn identity_is_no_encoding() {
    assert_eq!(encoding(&headers(&[("content-encoding", "Identity")])), None);
    assert_eq!(
        encoding(&headers(&[("content-encoding", "gzip")])),
        Some("gzip".to_owned())
    );
}
