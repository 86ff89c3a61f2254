//! Who may have a file: whoever has a link that the account service takes, for as long as it takes it.

use serde::Deserialize;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use toolcrib_model::Digest;

/// A word of the account service is remembered for so long at most, in seconds, whatever the link says.
const LONGEST_S: i64 = 3600;
/// How many words are remembered before those that have ended are forgotten.
const MANY: usize = 50_000;
/// The longest signature of a link, in digits.
const LONGEST_SIGNATURE: usize = 256;

/// What stands behind the file's name.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    expires: Option<i64>,
    sig: Option<String>,
}

/// What makes a link a proof.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Proof {
    expires: i64,
    sig: String,
}

/// The links that the account service took, each with its file's length.
#[derive(Debug, Default)]
pub(super) struct Rights(Mutex<HashMap<(Digest, Proof), Known>>);

#[derive(Clone, Copy, Debug)]
struct Known {
    length: u64,
    until_s: i64,
}

impl Asked {
    /// The proof, if there is one.
    pub(super) fn proof(self) -> Option<Proof> {
        Some(Proof {
            expires: self.expires?,
            sig: self.sig?,
        })
    }
}

impl Proof {
    /// Whether it looks as links do: nothing else is passed on.
    pub(super) fn is_well_formed(&self) -> bool {
        self.sig.len() <= LONGEST_SIGNATURE && self.sig.bytes().all(|byte| byte.is_ascii_hexdigit())
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "expires={}&sig={}", self.expires, self.sig)
    }
}

impl Rights {
    /// The length of the file, if the link was taken and has not ended; `now_s` in seconds since 1970.
    pub(super) fn known(&self, sha256: &Digest, proof: &Proof, now_s: i64) -> Option<u64> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(&(*sha256, proof.clone()))?;
        (now_s < found.until_s).then_some(found.length)
    }

    /// The account service took the link just now.
    pub(super) fn keep(&self, sha256: &Digest, proof: &Proof, length: u64, now_s: i64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.retain(|_, known| now_s < known.until_s);
        }
        let until_s = proof.expires.min(now_s + LONGEST_S);
        if known.len() < MANY {
            known.insert((*sha256, proof.clone()), Known { length, until_s });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(expires: i64) -> Proof {
        Proof {
            expires,
            sig: "ab12".to_owned(),
        }
    }

    #[test]
    fn a_link_counts_for_its_own_file_until_it_ends() {
        let (rights, file) = (Rights::default(), Digest::of(b"a part"));
        rights.keep(&file, &proof(200), 6, 100);
        assert_eq!(rights.known(&file, &proof(200), 199), Some(6));
        assert_eq!(rights.known(&file, &proof(200), 200), None, "it has ended");
        assert_eq!(rights.known(&file, &proof(201), 100), None, "another link");
        assert_eq!(rights.known(&Digest::of(b"other"), &proof(200), 100), None);
        rights.keep(&file, &proof(1 << 60), 6, 100);
        assert_eq!(rights.known(&file, &proof(1 << 60), 100 + LONGEST_S), None);
    }

    #[test]
    fn only_what_looks_like_a_link_is_passed_on() {
        assert!(proof(1).is_well_formed());
        for sig in ["a b", "ab&x=1", "../", "é"] {
            let strange = Proof {
                expires: 1,
                sig: sig.to_owned(),
            };
            assert!(!strange.is_well_formed(), "{sig}");
        }
    }
}
