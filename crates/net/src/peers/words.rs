//! What is said between peers: fixed shapes, each read into memory that was bounded before (pure).
//!
//! | Who | Says | Bytes |
//! |---|---|---|
//! | asks all | [`QUESTION`], a nonce of 16 bytes, [`WANTS_MARK`] or 0, zeros | 48 |
//! | answers | [`ANSWER`], the nonce, a port (big-endian); a mark of 8 bytes, where it is wanted | 26 or 34 |
//! | asks one | [`GREETING`], once | 8 |
//! | asks one | [`HAVE`], a count (4, big-endian), so many names | 5 + 16 × count |
//! | gives | one bit for each name, the first one lowest | count / 8, rounded up |
//! | asks one | [`PIECE`], a name | 17 |
//! | gives | a length (4, big-endian; 0 where there is none), so many bytes | 4 + length |

use super::Name;

/// Begins a question to all.
const QUESTION: &[u8; 8] = b"tcpeers?";
/// Begins an answer.
const ANSWER: &[u8; 8] = b"tcpeers!";
/// Begins a connection.
pub(super) const GREETING: &[u8; 8] = b"tcpeers1";
/// Asks which names are known.
pub(super) const HAVE: u8 = 1;
/// Asks for one piece.
pub(super) const PIECE: u8 = 2;
/// How many names one question may have.
pub(super) const MOST_NAMES: usize = 1 << 14;
/// The longest piece, in bytes: a chunk of 16 MiB, and what seals it.
pub(super) const LONGEST_PIECE: usize = (16 << 20) + 64;

/// How long a question is: longer than its answer, so that nobody is drowned in answers to what another asked.
pub(super) const QUESTION_BYTES: usize = 48;
const NONCE_BYTES: usize = 16;
/// How long the longest answer is.
#[cfg(test)]
const ANSWER_BYTES: usize = 34;
/// Where a question says what more it wants, and what it says there.
const WANTS: usize = 8 + NONCE_BYTES;
const WANTS_MARK: u8 = 1;

/// Names one question.
pub(super) type Nonce = [u8; NONCE_BYTES];

/// What answers of one computer to one question have in common.
pub(super) type Mark = [u8; 8];

/// A question to all, which wants marks.
pub(super) fn question(nonce: &Nonce) -> [u8; QUESTION_BYTES] {
    let mut words = [0; QUESTION_BYTES];
    words[..8].copy_from_slice(QUESTION);
    words[8..8 + NONCE_BYTES].copy_from_slice(nonce);
    words[WANTS] = WANTS_MARK;
    words
}

/// The nonce of what may be a question, and whether it wants a mark.
pub(super) fn read_question(words: &[u8]) -> Option<(Nonce, bool)> {
    let nonce = words.strip_prefix(QUESTION)?.first_chunk()?;
    (words.len() == QUESTION_BYTES).then(|| (*nonce, words[WANTS] == WANTS_MARK))
}

/// The answer to a question.
pub(super) fn answer(nonce: &Nonce, port: u16, mark: Option<Mark>) -> Vec<u8> {
    let mark = mark.iter().flatten().copied();
    let words = ANSWER.iter().chain(nonce).copied();
    words.chain(port.to_be_bytes()).chain(mark).collect()
}

/// The port in what may be an answer to this question, and its mark, if it has one.
pub(super) fn read_answer(words: &[u8], nonce: &Nonce) -> Option<(u16, Option<Mark>)> {
    let (port, mark) = words
        .strip_prefix(ANSWER)?
        .strip_prefix(nonce)?
        .split_first_chunk()?;
    let mark = match mark {
        [] => None,
        mark => Some(mark.try_into().ok()?),
    };
    Some((u16::from_be_bytes(*port), mark))
}

/// A question for names.
pub(super) fn have(names: &[Name]) -> Vec<u8> {
    let mut words = vec![HAVE];
    words.extend((names.len() as u32).to_be_bytes());
    names.iter().for_each(|name| words.extend(name.0));
    words
}

/// Names that follow each other.
pub(super) fn names(bytes: &[u8]) -> Vec<Name> {
    let (names, _) = bytes.as_chunks();
    names.iter().copied().map(Name).collect()
}

/// How many bytes so many bits take.
pub(super) const fn bytes_of(bits: usize) -> usize {
    bits.div_ceil(8)
}

/// Packs bits, the first one lowest.
pub(super) fn pack(bits: &[bool]) -> Vec<u8> {
    let byte = |eight: &[bool]| {
        eight
            .iter()
            .rev()
            .fold(0, |byte, bit| (byte << 1) | u8::from(*bit))
    };
    bits.chunks(8).map(byte).collect()
}

/// So many bits of what was packed.
pub(super) fn unpack(bytes: &[u8], count: usize) -> Vec<bool> {
    let bit = |place: usize| {
        bytes
            .get(place / 8)
            .is_some_and(|byte| byte & (1 << (place % 8)) != 0)
    };
    (0..count).map(bit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_answer_is_only_one_to_its_own_question() {
        let (nonce, other) = ([7; 16], [8; 16]);
        let (plain, marked) = (answer(&nonce, 4711, None), answer(&nonce, 4711, Some([9; 8])));
        assert_eq!(read_question(&question(&nonce)), Some((nonce, true)));
        assert_eq!(read_answer(&plain, &nonce), Some((4711, None)));
        assert_eq!(read_answer(&marked, &nonce), Some((4711, Some([9; 8]))));
        assert_eq!(read_answer(&plain, &other), None);
        assert_eq!(read_question(&plain), None);
        assert_eq!(
            read_question(&question(&nonce)[..40]),
            None,
            "shorter than it has to be"
        );
        assert_eq!(read_answer(&plain[..25], &nonce), None);
        assert_eq!(read_answer(&marked[..33], &nonce), None);
    }

    #[test]
    fn whoever_wants_no_mark_gets_none() {
        let mut question = question(&[7; 16]);
        question[WANTS..].fill(0);
        assert_eq!(read_question(&question), Some(([7; 16], false)));
        assert_eq!(answer(&[7; 16], 1, None).len(), 26);
    }

    #[test]
    fn a_question_is_longer_than_its_answer() {
        assert_eq!(answer(&[7; 16], 1, Some([9; 8])).len(), ANSWER_BYTES);
        const { assert!(QUESTION_BYTES > ANSWER_BYTES) };
    }

    proptest! {
        #[test]
        fn bits_come_back_as_they_were(bits in proptest::collection::vec(any::<bool>(), 0..100)) {
            let packed = pack(&bits);
            prop_assert_eq!(packed.len(), bytes_of(bits.len()));
            prop_assert_eq!(unpack(&packed, bits.len()), bits);
        }

        #[test]
        fn whatever_arrives_is_read_or_refused(words in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = read_question(&words);
            let _ = read_answer(&words, &[0; 16]);
        }
    }
}
