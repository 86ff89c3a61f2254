//! Tokens: opaque to everybody, 32 bytes, known to the store only by their digest.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::digest::Key;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::TryRng as _;
use sha2::Sha256;
use std::fmt;
use toolcrib_model::Digest;
use toolcrib_wire::invitation::HandOverToken;

/// What a token is for; its prefix lets scanners of published code recognise one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Goes with each request of a client.
    Access,
    /// Gets the next pair.
    Refresh,
    /// A portal session's cookie.
    Cookie,
    /// The vendor's publishing tool.
    Publish,
    /// Signs a person in to the program, once.
    HandOver,
}

impl Purpose {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Access => "tca_",
            Self::Refresh => "tcr_",
            Self::Cookie => "tcs_",
            Self::Publish => "tcp_",
            Self::HandOver => HandOverToken::PREFIX,
        }
    }
}

/// A token as it is given out, once. It never shows itself.
pub struct Token(String);

/// What the store knows of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenHash(String);

impl Token {
    /// A new token from the system's random source.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn random(purpose: Purpose) -> Result<Self, rand::rngs::SysError> {
        let mut bytes = [0; 32];
        rand::rngs::SysRng.try_fill_bytes(&mut bytes)?;
        Ok(Self::of(purpose, &bytes))
    }

    /// The token that follows from `parent`: whoever lost the answer to an exchange gets the very same one again,
    /// though it was never stored.
    pub fn following(purpose: Purpose, parent: &str, key: &[u8; 32]) -> Self {
        Self::of(
            purpose,
            &mac(key, &[purpose.prefix().as_bytes(), parent.as_bytes()]),
        )
    }

    fn of(purpose: Purpose, bytes: &[u8; 32]) -> Self {
        Self(format!("{}{}", purpose.prefix(), URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Its digest.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(&self.0)
    }

    /// The text to give out.
    pub fn into_text(self) -> String {
        self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(…)")
    }
}

impl TokenHash {
    /// The digest of a token that somebody presented.
    pub fn of(token: &str) -> Self {
        Self(Digest::of(token.as_bytes()).to_string())
    }

    /// Takes a digest that was kept.
    pub fn from_digest(digest: Digest) -> Self {
        Self(digest.to_string())
    }

    /// The digest as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// HMAC-SHA256 over pieces, each preceded by its length so that no two lists of pieces look alike.
pub fn mac(key: &[u8; 32], pieces: &[&[u8]]) -> [u8; 32] {
    keyed(key, pieces).finalize().into_bytes().into()
}

/// Whether `found` is the [`mac`] of `pieces`, in the same time whatever it is.
pub fn is_mac(key: &[u8; 32], pieces: &[&[u8]], found: &[u8]) -> bool {
    keyed(key, pieces).verify_slice(found).is_ok()
}

fn keyed(key: &[u8; 32], pieces: &[&[u8]]) -> Hmac<Sha256> {
    // Filled up with zeros to a block, as RFC 2104 says: so there is no wrong length to fail on.
    let mut block = Key::<Hmac<Sha256>>::default();
    block[..key.len()].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block);
    for piece in pieces {
        mac.update(&(piece.len() as u64).to_be_bytes());
        mac.update(piece);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    #[test]
    fn random_tokens_differ_and_say_their_purpose() {
        let (one, two) = (Token::random(Purpose::Access), Token::random(Purpose::Access));
        let (one, two) = (one.expect("random").into_text(), two.expect("random").into_text());
        assert_ne!(one, two);
        assert!(one.starts_with("tca_") && one.len() == 4 + 43, "{one}");
    }

    #[test]
    fn the_same_parent_has_one_child_of_each_purpose() {
        let child = |purpose| Token::following(purpose, "tcr_parent", &KEY).into_text();
        assert_eq!(child(Purpose::Refresh), child(Purpose::Refresh));
        assert_ne!(child(Purpose::Refresh)[4..], child(Purpose::Access)[4..]);
        assert_ne!(
            child(Purpose::Refresh),
            Token::following(Purpose::Refresh, "tcr_other", &KEY).into_text()
        );
    }

    #[test]
    fn a_mac_changes_with_the_key_and_with_every_piece() {
        let found = mac(&KEY, &[b"a", b"bc"]);
        assert!(is_mac(&KEY, &[b"a", b"bc"], &found));
        assert!(!is_mac(&KEY, &[b"ab", b"c"], &found));
        assert!(!is_mac(&[8; 32], &[b"a", b"bc"], &found));
        assert!(!is_mac(&KEY, &[b"a", b"bc"], &found[..31]));
    }

    #[test]
    fn a_token_does_not_show_itself() {
        let token = Token::random(Purpose::Refresh).expect("random");
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
