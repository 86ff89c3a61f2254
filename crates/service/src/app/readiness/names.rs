//! Names of computers, and when two of them mean the same one.

use std::net::IpAddr;

/// The longest name of a computer in bytes.
pub(super) const MAX_NAME: usize = 255;

/// What a name is compared by: `PC-01.corp.example` and `pc-01` are one computer. Addresses are compared whole.
pub(super) fn key(name: &str) -> String {
    let name = name.trim().to_lowercase();
    if name.parse::<IpAddr>().is_ok() {
        return name;
    }
    let short = name.split('.').next().unwrap_or_default();
    match short.is_empty() {
        true => name,
        false => short.to_owned(),
    }
}

/// Whether a text can be the name of a computer.
pub(super) fn is_name(raw: &str) -> bool {
    let raw = raw.trim();
    !raw.is_empty() && raw.len() <= MAX_NAME && !raw.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computer_is_the_same_with_and_without_its_domain() {
        assert_eq!(key(" PC-01.corp.example "), key("pc-01"));
        assert_eq!(key("192.0.2.7"), "192.0.2.7");
        assert_ne!(key("192.0.2.7"), key("192.0.2.8"));
        assert_eq!(key(".hidden"), ".hidden");
    }

    #[test]
    fn what_no_network_would_call_a_computer_is_no_name() {
        for bad in ["", "  ", "a\nb", "\u{0}", &"x".repeat(256)] {
            assert!(!is_name(bad), "{bad:?}");
        }
        assert!(is_name("Büro-7"));
    }
}
