//! Names of domains and hosts, as they may be asked for and connected to (pure).

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The longest name.
const LONGEST: usize = 253;
/// The longest piece of one.
const LONGEST_PIECE: usize = 63;

/// The name of a domain or of a host in one: letters, digits and hyphens, in small letters, without a dot at its end. It is
/// never an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Domain(String);

/// This is no such name.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("this is not the name of a domain, such as `smith.example`")]
pub struct BadDomain;

impl Domain {
    /// Whether a name is this one, or lies below it.
    pub fn holds(&self, other: &Self) -> bool {
        let above = other.0.strip_suffix(self.0.as_str());
        above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Domain {
    type Err = BadDomain;

    fn from_str(raw: &str) -> Result<Self, BadDomain> {
        let name = raw.strip_suffix('.').unwrap_or(raw).to_ascii_lowercase();
        // The last piece of an address begins with a digit, and that of no name does.
        let last = name.rsplit('.').next().unwrap_or_default();
        let is_address = last.starts_with(|first: char| first.is_ascii_digit());
        match name.len() <= LONGEST && !is_address && name.split('.').all(is_piece) {
            true => Ok(Self(name)),
            false => Err(BadDomain),
        }
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

fn is_piece(piece: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=LONGEST_PIECE).contains(&piece.len())
        && piece.bytes().all(is_plain)
        && !piece.starts_with('-')
        && !piece.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_addresses_and_everything_else() {
        let long = format!("{}.example", "a".repeat(64));
        for good in [
            "smith.example",
            "Smith.Example.",
            "localhost",
            "a-b.xn--bcher-kva.example",
        ] {
            assert!(good.parse::<Domain>().is_ok(), "{good}");
        }
        for bad in [
            "",
            ".",
            "smith..example",
            "-a.example",
            "a_b.example",
            "10.0.0.1",
            "0x7f.1",
            "[::1]",
            "bücher.example",
            "a b.example",
            "a/b.example",
            "user@a.example",
            &long,
        ] {
            assert_eq!(bad.parse::<Domain>(), Err(BadDomain), "{bad}");
        }
    }

    #[test]
    fn a_domain_holds_itself_and_what_is_below_it() {
        let domain = |raw: &str| raw.parse::<Domain>().expect("a domain");
        let own = domain("smith.example");
        for within in ["smith.example", "content.smith.example", "A.B.SMITH.example"] {
            assert!(own.holds(&domain(within)), "{within}");
        }
        for without in [
            "example",
            "blacksmith.example",
            "smith.example.evil.example",
            "jones.example",
        ] {
            assert!(!own.holds(&domain(without)), "{without}");
        }
    }
}
