//! Doors for the fuzz targets in `fuzz/`, which exist in their builds only.

use crate::headers::{content_range, date, encoding, retry_after, validator};
use crate::{SafeUrl, Validator};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;

/// Reads lines of `name: value` as the headers of an answer, and each value as the target of a redirect.
///
/// # Panics
/// When a header is believed that should not be: that is the finding.
pub fn headers(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let mut halves = line.splitn(2, |byte| *byte == b':');
        let (Some(name), Some(raw)) = (halves.next(), halves.next()) else {
            continue;
        };
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(raw)) {
            judge_target(raw);
            headers.append(name, value);
        }
    }
    content_range(&headers);
    encoding(&headers);
    date(&headers);
    assert!(retry_after(&headers).is_none_or(|wait| wait <= Duration::from_secs(600)));
    if let Some(found) = validator(&headers) {
        assert_eq!(Validator::parse(found.as_str()), Some(found));
    }
}

/// Reads a packet as the answer of a name server to one question, and as the answer of a peer.
///
/// # Panics
/// When an address made of a host leads to another host: that is the finding.
pub fn names(bytes: &[u8]) {
    crate::peers::read_answer(bytes);
    for host in crate::dns::hosts(bytes) {
        // A name in a foreign script may be none after all; then nobody goes there.
        let url = SafeUrl::parse(&format!("https://{host}/"));
        assert!(url.is_err() || url.is_ok_and(|url| url.host() == host));
    }
}

/// Whatever a server names, only HTTPS and this computer itself are gone to.
fn judge_target(raw: &[u8]) {
    let (Ok(text), Ok(here)) = (
        std::str::from_utf8(raw),
        SafeUrl::parse("https://server.example/a/b?c"),
    ) else {
        return;
    };
    if let Ok(url) = here.join(text.trim()) {
        assert!(url.is_protected() || url.is_loopback());
        assert_eq!(SafeUrl::parse(url.expose()).as_ref(), Ok(&url));
    }
}
