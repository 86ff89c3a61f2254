//! Codes of the second step: six digits of an authenticator (TOTP, RFC 6238), or a recovery code. Pure rules.

use super::tokens::mac;
use crate::error::Error;
use jiff::Timestamp;
use rand::TryRng as _;
use toolcrib_model::{AccountId, UserId};
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// Digits of a code.
const DIGITS: u8 = 6;
/// How long a code is shown, in seconds.
const STEP: u64 = 30;
/// How many codes before and after the current one are taken, for clocks that are a little off.
const SKEW: u16 = 1;
/// Crockford's thirty-two, of which none is mistaken for another; each is five bits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of a recovery code: 75 bits.
const RECOVERY_LENGTH: usize = 15;

/// What a person typed as a code.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// The digits of an authenticator.
    Digits(String),
    /// Something longer: a recovery code, as its characters alone.
    Recovery(String),
}

impl Typed {
    /// Tells the two apart; blanks and hyphens do not matter.
    pub fn of(raw: &str) -> Self {
        let typed: String = raw
            .chars()
            .filter(|typed| !typed.is_whitespace() && *typed != '-')
            .take(64)
            .collect();
        match typed.len() == usize::from(DIGITS) && typed.bytes().all(|byte| byte.is_ascii_digit()) {
            true => Self::Digits(typed),
            false => Self::Recovery(typed.to_ascii_lowercase().chars().map(as_meant).collect()),
        }
    }
}

/// Letters that the alphabet lacks are read as the digits they look like.
const fn as_meant(typed: char) -> char {
    match typed {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    }
}

/// An authenticator as the service knows it.
pub struct Authenticator(Totp);

impl Authenticator {
    /// One with a new secret.
    ///
    /// # Errors
    /// [`Error::Random`] where the system gives no random numbers.
    pub fn random(user_id: &UserId) -> Result<Self, Error> {
        let mut secret = [0; 20];
        rand::rngs::SysRng
            .try_fill_bytes(&mut secret)
            .map_err(|source| Error::Random { source })?;
        Self::of(Secret::new_stack(secret), user_id)
    }

    /// One whose secret was kept in Base32.
    ///
    /// # Errors
    /// [`Error::StoredValue`] where it is no such secret.
    pub fn kept(secret: &str, user_id: &UserId) -> Result<Self, Error> {
        let secret = Secret::try_from_base32(secret).map_err(|_| Error::StoredValue {
            kind: "a secret",
            value: "something else".to_owned(),
        })?;
        Self::of(secret, user_id)
    }

    fn of(secret: Secret, user_id: &UserId) -> Result<Self, Error> {
        let builder = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_skew(SKEW)
            .with_step_duration(STEP)
            .with_secret(secret)
            // A colon would end the name in the address that authenticators read.
            .with_account_name(user_id.as_str().replace(':', "_"))
            .with_issuer(Some("Toolcrib"));
        let built = builder.build();
        built.map(Self).map_err(|source| Error::SecondStep { source })
    }

    /// The secret in Base32.
    pub fn secret(&self) -> String {
        self.0.secret().to_base32()
    }

    /// What an authenticator reads from a QR code.
    ///
    /// # Errors
    /// [`Error::SecondStep`] where the person's name cannot stand in it.
    pub fn url(&self) -> Result<String, Error> {
        self.0.to_url().map_err(|source| Error::SecondStep { source })
    }

    /// The time step whose code was typed, if it is one of those that are taken now. That no step is taken twice is
    /// for the store to see to: only it can do so for two requests at once.
    pub fn step_of(&self, digits: &str, now: Timestamp) -> Option<u64> {
        self.0.check(digits, now.as_second().try_into().ok()?)
    }
}

/// New recovery codes.
///
/// # Errors
/// [`Error::Random`] where the system gives no random numbers.
pub fn recovery_codes() -> Result<Vec<String>, Error> {
    (0..RECOVERY_CODES).map(|_| recovery_code()).collect()
}

fn recovery_code() -> Result<String, Error> {
    let mut bytes = [0; RECOVERY_LENGTH];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|source| Error::Random { source })?;
    let letters: Vec<char> = bytes.iter().map(letter).collect();
    let groups: Vec<String> = letters.chunks(5).map(String::from_iter).collect();
    Ok(groups.join("-"))
}

fn letter(byte: &u8) -> char {
    char::from(ALPHABET[usize::from(byte % 32)])
}

/// What is kept of a recovery code. Keyed, so that a copy of the database is not enough to try codes.
pub fn recovery_digest(key: &[u8; 32], account: AccountId, code: &str) -> String {
    let account = account.to_string();
    hex::encode(mac(key, &[b"recovery-code", account.as_bytes(), code.as_bytes()]))
}

#[cfg(test)]
#[path = "codes/tests.rs"]
mod tests;
