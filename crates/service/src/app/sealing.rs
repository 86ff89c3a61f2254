//! The secret of a second step at rest: sealed with a key of the data folder and bound to its account, so that neither
//! a copy of the database nor a row moved to another account opens it. PASETO v4.local: no choice of algorithm.

use crate::error::Error;
use pasetors::keys::SymmetricKey;
use pasetors::token::UntrustedToken;
use pasetors::version4::{LocalToken, V4};
use pasetors::{Local, errors};
use toolcrib_model::AccountId;

/// Seals a secret for an account.
///
/// # Errors
/// [`Error::Seal`] where the system gives no random numbers.
pub fn seal(key: &[u8; 32], account: AccountId, secret: &str) -> Result<String, Error> {
    let sealed = symmetric(key)
        .and_then(|key| LocalToken::encrypt(&key, secret.as_bytes(), None, Some(&bound_to(account))));
    sealed.map_err(|source| Error::Seal { act: "seal", source })
}

/// Opens what was sealed for that account.
///
/// # Errors
/// [`Error::Seal`] where it was sealed for another one, with another key, or was changed.
pub fn unseal(key: &[u8; 32], account: AccountId, sealed: &str) -> Result<String, Error> {
    let opened = symmetric(key).and_then(|key| {
        let token = UntrustedToken::<Local, V4>::try_from(sealed)?;
        LocalToken::decrypt(&key, &token, None, Some(&bound_to(account)))
    });
    opened
        .map(|token| token.payload().to_owned())
        .map_err(|source| Error::Seal { act: "open", source })
}

fn symmetric(key: &[u8; 32]) -> Result<SymmetricKey<V4>, errors::Error> {
    SymmetricKey::from(key)
}

fn bound_to(account: AccountId) -> Vec<u8> {
    format!("toolcrib-second-step-v1\n{account}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_for_its_account() {
        let (one, other) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        let sealed = seal(&[7; 32], one, "JBSWY3DPEHPK3PXP").expect("seals");
        assert!(!sealed.contains("JBSWY3DPEHPK3PXP"));
        assert_eq!(unseal(&[7; 32], one, &sealed).expect("opens"), "JBSWY3DPEHPK3PXP");
        assert!(unseal(&[8; 32], one, &sealed).is_err());
        assert!(unseal(&[7; 32], other, &sealed).is_err());
        assert!(unseal(&[7; 32], one, "v4.local.AAAA").is_err());
        assert!(unseal(&[7; 32], one, &sealed[..sealed.len() - 2]).is_err());
    }
}
