use super::*;
use std::collections::BTreeSet;
use uuid::Uuid;

fn user() -> UserId {
    "ann@smith.example".parse().expect("a User ID")
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a time")
}

/// The vectors of RFC 6238, appendix B, SHA-1, cut to six digits.
#[test]
fn the_codes_are_those_of_the_standard() {
    let secret = Secret::new(b"12345678901234567890".to_vec().into_boxed_slice());
    let authenticator = Authenticator::of(secret, &user()).expect("builds");
    for (second, digits) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        let step = authenticator.step_of(digits, at(second));
        assert_eq!(
            step,
            Some(u64::try_from(second).expect("positive") / 30),
            "{digits}"
        );
    }
}

#[test]
fn a_code_is_taken_one_step_early_and_late_and_no_further() {
    let authenticator = Authenticator::random(&user()).expect("random");
    let now = 1_800_000_015;
    let code = authenticator.0.generate(now).to_string();
    let step = Some(now / 30);
    for (shift, expected) in [(-60, None), (-30, step), (0, step), (30, step), (60, None)] {
        let then = at(now.cast_signed() + shift);
        assert_eq!(authenticator.step_of(&code, then), expected, "{shift} s");
    }
}

#[test]
fn a_kept_secret_makes_the_same_codes() {
    let one = Authenticator::random(&user()).expect("random");
    let other = Authenticator::kept(&one.secret(), &user()).expect("reads");
    assert_eq!(one.secret(), other.secret());
    assert_eq!(one.secret().len(), 32);
    assert!(Authenticator::kept("not base 32!", &user()).is_err());
}

#[test]
fn the_address_names_the_person_and_the_issuer() {
    let url = Authenticator::random(&user())
        .expect("random")
        .url()
        .expect("an address");
    assert!(url.starts_with("otpauth://totp/Toolcrib:ann%40smith"), "{url}");
    assert!(url.contains("issuer=Toolcrib"), "{url}");
}

#[test]
fn recovery_codes_differ_and_are_read_however_they_are_typed() {
    let codes = recovery_codes().expect("random");
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), RECOVERY_CODES);
    let code = &codes[0];
    assert_eq!(code.len(), 17, "{code}");
    let digest = |typed: &str| match Typed::of(typed) {
        Typed::Recovery(code) => recovery_digest(&[7; 32], Uuid::nil().into(), &code),
        Typed::Digits(digits) => panic!("{digits}"),
    };
    let expected = digest(code);
    for typed in [
        code.to_uppercase(),
        code.replace('-', " "),
        code.replace('0', "O").replace('1', "l"),
    ] {
        assert_eq!(digest(&typed), expected, "{typed}");
    }
    assert_ne!(recovery_digest(&[8; 32], Uuid::nil().into(), code), expected);
}

#[test]
fn six_digits_are_a_code_and_anything_else_is_none() {
    assert!(matches!(Typed::of("123 456"), Typed::Digits(digits) if digits == "123456"));
    for other in ["", "12345", "1234567", "12345a"] {
        assert!(matches!(Typed::of(other), Typed::Recovery(_)), "{other}");
    }
}
