//! Versions as systems write them.

use toolcrib_model::Version;

/// The first three numbers of a version, missing ones as 0: `12` → 12.0.0, `6.1.0-18-amd64` → 6.1.0, `24.04` → 24.4.0.
pub fn padded_version(text: &str) -> Option<Version> {
    let text = text.trim();
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .unwrap_or(text.len());
    let mut numbers = text[..end]
        .split('.')
        .filter(|piece| !piece.is_empty())
        .map(str::parse::<u64>);
    let first = numbers.next()?.ok()?;
    let mut next = || numbers.next().map_or(Some(0), Result::ok);
    Some(Version::new(first, next()?, next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_three_numbers_whatever_the_system_writes() {
        let table = [
            ("12", "12.0.0"),
            ("24.04", "24.4.0"),
            ("2.36", "2.36.0"),
            ("6.1.0-18-amd64", "6.1.0"),
            ("5.15.167.4-microsoft-standard-WSL2", "5.15.167"),
            ("14.4.1", "14.4.1"),
            (" 3. ", "3.0.0"),
        ];
        for (text, version) in table {
            assert_eq!(
                padded_version(text).expect("a version").to_string(),
                version,
                "{text}"
            );
        }
        for text in ["", "rolling", ".", "v2", "99999999999999999999999"] {
            assert_eq!(padded_version(text), None, "{text}");
        }
    }
}
