//! What a script answers: `PROXY a:1; SOCKS5 b:2; DIRECT`, the best way first.

use crate::{Error, Result};
use toolcrib_net::Hop;
use url::Url;

/// More ways than these are not tried.
const MOST: usize = 8;
/// The longest answer that is read, in bytes: a script may make one of as much memory as it gets.
const LONGEST: usize = 16 << 10;
/// What of an answer is repeated to people, in characters.
const SHOWN: usize = 120;

/// The ways that an answer names. One that is not understood is passed over; browsers do the same.
///
/// # Errors
/// [`Error::NoWay`] where none is left, or it is longer than any.
pub fn ways(answer: &str) -> Result<Vec<Hop>> {
    let read = if answer.len() <= LONGEST { answer } else { "" };
    let named: Vec<Hop> = read.split(';').filter_map(way).take(MOST).collect();
    match named.is_empty() {
        false => Ok(named),
        true => Err(Error::NoWay {
            answer: answer
                .chars()
                .filter(|one| !one.is_control())
                .take(SHOWN)
                .collect(),
        }),
    }
}

fn way(text: &str) -> Option<Hop> {
    let mut words = text.split_whitespace();
    let (kind, place) = (words.next()?.to_ascii_uppercase(), words.next());
    let proxy = |scheme, port| proxy(scheme, port, place?);
    let hop = match kind.as_str() {
        "DIRECT" if place.is_none() => Some(Hop::Direct),
        "PROXY" | "HTTP" => proxy("http", 80),
        "HTTPS" => proxy("https", 443),
        // Names are left to the proxy, which may know more of them.
        "SOCKS" | "SOCKS4" => proxy("socks4a", 1080),
        "SOCKS5" => proxy("socks5h", 1080),
        _ => None,
    };
    hop.filter(|_| words.next().is_none())
}

/// Host and port, and nothing else.
fn proxy(scheme: &str, usual_port: u16, place: &str) -> Option<Hop> {
    // Read as an address of the web, for which a host is judged strictly.
    let read = Url::parse(&format!("http://{place}")).ok()?;
    let is_bare = read.username().is_empty()
        && read.password().is_none()
        && read.path() == "/"
        && read.query().is_none()
        && read.fragment().is_none();
    let has_port = place
        .rsplit_once(':')
        .is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let port = if has_port {
        read.port_or_known_default()?
    } else {
        usual_port
    };
    let url = format!("{scheme}://{}:{port}", read.host_str()?);
    Url::parse(&url)
        .ok()
        .filter(|_| is_bare && port != 0)
        .map(Hop::Proxy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(answer: &str) -> Vec<String> {
        let ways = ways(answer).unwrap_or_default();
        ways.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ways_are_read_in_their_order_whatever_the_spelling() {
        assert_eq!(
            told("PROXY a.example:3128 ;socks5 b.example:9; HTTPS c.example;SOCKS 10.0.0.1; direct;"),
            [
                "PROXY a.example:3128",
                "SOCKS5 b.example:9",
                "HTTPS c.example:443",
                "SOCKS4 10.0.0.1:1080",
                "DIRECT"
            ]
        );
        assert_eq!(told("PROXY a.example"), ["PROXY a.example:80"]);
        assert_eq!(told("PROXY [fd12::1]:8080"), ["PROXY [fd12::1]:8080"]);
    }

    #[test]
    fn what_names_no_way_is_passed_over_and_all_of_that_is_an_error() {
        assert_eq!(
            told("FTP x:1; PROXY a:1:2; PROXY u:p@b:1; PROXY c/d; PROXY e:0; DIRECT"),
            ["DIRECT"]
        );
        for nothing in ["", ";;", "proxy", "PROXY", "PROXY a b", "DIRECT now", "\u{7}GO 1"] {
            let error = ways(nothing).expect_err("no way").to_string();
            assert!(!error.contains('\u{7}'), "{error}");
        }
    }

    #[test]
    fn no_answer_is_so_long_that_everything_in_it_is_tried() {
        assert_eq!(told(&"PROXY a.example:1; ".repeat(500)).len(), MOST);
        assert_eq!(told(&"PROXY a.example:1; ".repeat(5000)), [""; 0]);
    }

    proptest! {
        #[test]
        fn whatever_is_answered_there_are_a_few_ways_or_an_error(answer in "((PROXY|SOCKS5?|HTTPS|DIRECT|\\PC{0,5})[ ;:]{0,2}\\PC{0,20};?){0,12}") {
            if let Ok(found) = ways(&answer) {
                prop_assert!((1..=MOST).contains(&found.len()));
                let again: Vec<_> = found.iter().map(ToString::to_string).collect();
                prop_assert_eq!(ways(&again.join("; ")).ok(), Some(found));
            }
        }
    }
}
