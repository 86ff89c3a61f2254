//! One range of a file, as RFC 9110 has it; pure.

/// What a request wants of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    Whole,
    /// From the first to the last byte, both included.
    Span {
        /// The first byte.
        first: u64,
        /// The last byte.
        last: u64,
    },
    /// A range that begins behind its end.
    Nothing,
}

/// Judges a `Range` header against a file of `total` bytes. What is malformed, in another unit or more than one
/// range is as if it were not there, which the standard allows: the answer is then the whole file.
pub fn wanted(range: Option<&str>, total: u64) -> Wanted {
    let Some(spec) = range.and_then(|range| range.trim().strip_prefix("bytes=")) else {
        return Wanted::Whole;
    };
    let Some((first, last)) = spec.trim().split_once('-') else {
        return Wanted::Whole;
    };
    match (number(first), number(last)) {
        (Piece::Bad, _) | (_, Piece::Bad) | (Piece::Empty, Piece::Empty) => Wanted::Whole,
        (Piece::Empty, Piece::Of(tail)) => tail_of(tail, total),
        (Piece::Of(first), Piece::Empty) => from(first, u64::MAX, total),
        (Piece::Of(first), Piece::Of(last)) if last < first => Wanted::Whole,
        (Piece::Of(first), Piece::Of(last)) => from(first, last, total),
    }
}

enum Piece {
    Empty,
    Of(u64),
    Bad,
}

fn number(raw: &str) -> Piece {
    match raw {
        "" => Piece::Empty,
        raw if raw.bytes().all(|byte| byte.is_ascii_digit()) => raw.parse().map_or(Piece::Bad, Piece::Of),
        _ => Piece::Bad,
    }
}

fn from(first: u64, last: u64, total: u64) -> Wanted {
    if first < total {
        Wanted::Span {
            first,
            last: last.min(total - 1),
        }
    } else {
        Wanted::Nothing
    }
}

fn tail_of(tail: u64, total: u64) -> Wanted {
    match (tail, total) {
        (0, _) | (_, 0) => Wanted::Nothing,
        (tail, total) => Wanted::Span {
            first: total.saturating_sub(tail),
            last: total - 1,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_judged_as_in_the_table() {
        let span = |first, last| Wanted::Span { first, last };
        let table = [
            (None, Wanted::Whole),
            (Some("bytes=0-0"), span(0, 0)),
            (Some("bytes=0-99"), span(0, 99)),
            (Some("bytes=0-100"), span(0, 99)),
            (Some("bytes=99-"), span(99, 99)),
            (Some("bytes=10-19"), span(10, 19)),
            (Some("bytes=-1"), span(99, 99)),
            (Some("bytes=-1000"), span(0, 99)),
            (Some("bytes=-0"), Wanted::Nothing),
            (Some("bytes=100-"), Wanted::Nothing),
            (Some("bytes=100-200"), Wanted::Nothing),
            (Some("bytes=20-10"), Wanted::Whole),
            (Some("bytes=0-1,5-6"), Wanted::Whole),
            (Some("bytes=-"), Wanted::Whole),
            (Some("bytes=a-b"), Wanted::Whole),
            (Some("bytes=+1-2"), Wanted::Whole),
            (Some("items=0-1"), Wanted::Whole),
            (Some("bytes=0-99999999999999999999999"), Wanted::Whole),
        ];
        for (range, expected) in table {
            assert_eq!(wanted(range, 100), expected, "{range:?}");
        }
    }

    #[test]
    fn an_empty_file_has_no_ranges() {
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Nothing);
        assert_eq!(wanted(Some("bytes=-5"), 0), Wanted::Nothing);
        assert_eq!(wanted(None, 0), Wanted::Whole);
    }
}
