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

/// One value of the registry, as `reg.exe` writes it: `    EditionID    REG_SZ    Professional`.
#[cfg(windows)]
pub(super) fn registry_value(key: &str, name: &str) -> Result<String, String> {
    const REG: &str = r"C:\Windows\System32\reg.exe";
    let arguments = ["query", key, "/v", name].map(str::to_owned);
    let limit = std::time::Duration::from_millis(1500);
    let output =
        crate::process::run(REG.into(), &arguments, &[], limit).map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find(|line| line.trim_start().starts_with(name));
    let value = line.and_then(|line| line.split_once("REG_")?.1.split_once(char::is_whitespace));
    value
        .map(|(_, value)| value.trim().to_owned())
        .ok_or_else(|| format!("the registry has no value `{name}`"))
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
