//! How a chunk is called between peers, and how it travels (pure).
//!
//! Both come from the digest of its content, by one-way functions: whoever hears the name, or sees the chunk go by, learns
//! nothing of the digest, and so can neither ask for the chunk elsewhere nor open it. Digests are in indexes, which only
//! those get who may have the product.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use toolcrib_model::Digest;
use toolcrib_net::peers::Name;

/// What the name and the key are made with, so that neither says anything of the other.
const NAME: &[u8] = b"toolcrib peers 1: name\0";
const KEY: &[u8] = b"toolcrib peers 1: key\0";
/// What a sealed chunk is longer by.
const SEAL_BYTES: usize = 16;

/// The name of the chunk with this content.
pub(crate) fn name_of(content: &Digest) -> Name {
    let mut name = [0; Name::BYTES];
    name.copy_from_slice(&derived(NAME, content).as_bytes()[..Name::BYTES]);
    Name(name)
}

/// How long a chunk of so much content is when it is sealed.
pub(crate) const fn sealed_length(content: usize) -> usize {
    content + SEAL_BYTES
}

/// Seals the content of this digest.
pub(crate) fn seal(digest: &Digest, mut content: Vec<u8>) -> Option<Vec<u8>> {
    let sealed = key(digest)?.seal_in_place_append_tag(only_nonce(), Aad::empty(), &mut content);
    sealed.ok().map(|()| content)
}

/// Opens what came, in its place, as the content of this digest; `None` where it is not that.
pub(crate) fn open<'a>(digest: &Digest, sealed: &'a mut [u8]) -> Option<&'a [u8]> {
    let content = key(digest)?
        .open_in_place(only_nonce(), Aad::empty(), sealed)
        .ok()?;
    // The seal only says that somebody knew the digest.
    (Digest::of(content) == *digest).then_some(content)
}

fn key(content: &Digest) -> Option<LessSafeKey> {
    let key = UnboundKey::new(&AES_256_GCM, derived(KEY, content).as_bytes());
    key.ok().map(LessSafeKey::new)
}

/// Each key seals one content only, always the same, so one nonce will do.
fn only_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

fn derived(purpose: &[u8], content: &Digest) -> Digest {
    Digest::of(&[purpose, content.as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_by_its_digest_alone() {
        let content = b"a piece of a product".to_vec();
        let digest = Digest::of(&content);
        let sealed = seal(&digest, content.clone()).expect("sealed");
        assert_eq!(sealed.len(), sealed_length(content.len()));
        assert_eq!(open(&digest, &mut sealed.clone()), Some(&content[..]));
        assert_eq!(open(&Digest::of(b"another"), &mut sealed.clone()), None);
        for place in [0, content.len(), sealed.len() - 1] {
            let mut wrong = sealed.clone();
            wrong[place] ^= 1;
            assert_eq!(open(&digest, &mut wrong), None, "bit of byte {place}");
        }
        assert_eq!(open(&digest, &mut []), None);
    }

    #[test]
    fn what_somebody_seals_who_knows_the_digest_still_has_to_have_it() {
        let digest = Digest::of(b"what was asked for");
        let mut forged = seal(&digest, b"something else".to_vec()).expect("sealed");
        assert_eq!(open(&digest, &mut forged), None);
    }

    #[test]
    fn names_and_seals_are_those_of_the_protocol() {
        // Worked out by another implementation from `docs/protocol/peers.md`.
        let digest = Digest::of(b"abc");
        assert_eq!(
            format!("{:?}", name_of(&digest)),
            "31b55499ed1dcc8b48d9762cf2439525"
        );
        let sealed = seal(&digest, b"abc".to_vec()).expect("sealed");
        let hexadecimal: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hexadecimal, "63cbbfbb25ec0f4223c7283d000621af36941b");
    }

    #[test]
    fn neither_name_nor_sealed_bytes_show_digest_or_content() {
        let content = [7; 64];
        let digest = Digest::of(&content);
        let name = name_of(&digest);
        assert_ne!(name.0, digest.as_bytes()[..Name::BYTES]);
        assert_ne!(name.0, derived(KEY, &digest).as_bytes()[..Name::BYTES]);
        let sealed = seal(&digest, content.to_vec()).expect("sealed");
        assert!(sealed.windows(8).all(|run| run != [7; 8]));
    }
}
