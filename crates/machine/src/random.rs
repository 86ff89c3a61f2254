//! Numbers that nobody can guess, from the system.

use crate::{Error, Result};
use rand::TryRng as _;
use rand::rngs::SysRng;

/// `N` bytes that nobody can guess.
///
/// # Errors
/// [`Error::Random`] where the system gives none.
pub fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|source| Error::Random { source })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_are_the_same() {
        let (one, other) = (super::bytes::<16>(), super::bytes::<16>());
        assert_ne!(one.expect("random"), other.expect("random"));
    }
}
