use super::*;

fn parse(raw: &str) -> Result<SerialNumber, BadSerial> {
    raw.parse()
}

#[test]
fn what_is_typed_may_have_blanks_and_hyphens() {
    let serial = SerialNumber::new(220, 1).expect("fits");
    let digits = serial.as_str().replace('-', "");
    for typed in [
        serial.to_string(),
        digits.clone(),
        format!(" {} {} ", &digits[..5], &digits[5..]),
        serial.as_str().replace('-', "\u{2013}"),
    ] {
        assert_eq!(parse(&typed), Ok(serial.clone()), "{typed}");
    }
}

#[test]
fn what_has_another_form_is_refused() {
    for typed in [
        "",
        "220",
        "220-000000",
        "220-000000001",
        "22O-00000010",
        "٢٢٠-00000010",
    ] {
        assert_eq!(parse(typed), Err(BadSerial::Form), "{typed}");
    }
    assert_eq!(SerialNumber::new(1_000, 0), None);
    assert_eq!(SerialNumber::new(0, 10_000_000), None);
}

#[test]
fn the_example_in_the_words_of_the_refusal_is_a_serial_number() {
    let words = BadSerial::Form.to_string();
    let example = words.split_whitespace().last().expect("an example");
    assert!(parse(example).is_ok(), "{example}");
}

#[test]
fn every_single_wrong_digit_and_every_swap_of_neighbours_is_found() {
    let serial = SerialNumber::new(731, 4_805_296).expect("fits");
    let right: Vec<char> = serial.as_str().replace('-', "").chars().collect();
    let mut slips = 0;
    for at in 0..right.len() {
        for digit in ('0'..='9').filter(|digit| *digit != right[at]) {
            let mut typed = right.clone();
            typed[at] = digit;
            assert_eq!(parse(&String::from_iter(typed)), Err(BadSerial::CheckDigit));
            slips += 1;
        }
    }
    for at in (1..right.len()).filter(|at| right[*at] != right[*at - 1]) {
        let mut typed = right.clone();
        typed.swap(at, at - 1);
        assert_eq!(parse(&String::from_iter(typed)), Err(BadSerial::CheckDigit));
        slips += 1;
    }
    assert!(slips > 100);
}

#[test]
fn a_serial_number_is_asked_for_as_the_truth_table_says() {
    use BroughtBy::{Download, InstallNow};
    use SerialReason::{ContractChanged, LateInstallation, NotByInstallNow};
    let table = [
        (InstallNow, false, false, None),
        (InstallNow, false, true, Some(ContractChanged)),
        (InstallNow, true, false, Some(LateInstallation)),
        (InstallNow, true, true, Some(ContractChanged)),
        (Download, false, false, Some(NotByInstallNow)),
        (Download, false, true, Some(ContractChanged)),
        (Download, true, false, Some(LateInstallation)),
        (Download, true, true, Some(ContractChanged)),
    ];
    for (brought_by, late, changed, expected) in table {
        assert_eq!(
            SerialReason::of(brought_by, late, changed),
            expected,
            "{brought_by:?} late {late} changed {changed}"
        );
    }
}
