//! Archives whose content is not what they say.

use super::super::super::making::*;
use super::super::Case;
use super::one;

pub(super) fn integrity() -> Vec<Case> {
    let text = crate::input::tests::content();
    let shorter = |entry: Entry, by: usize| {
        let data = entry.data[..entry.data.len() - by].to_vec();
        Entry {
            stored: data.len() as u32,
            data,
            ..entry
        }
    };
    let longer = |entry: Entry| {
        let data = [&entry.data[..], b"hidden"].concat();
        Entry {
            stored: data.len() as u32,
            data,
            ..entry
        }
    };
    let garbage = |method: u16| Entry { method, ..entry("a") };
    let spoilt = |mut entry: Entry| {
        let middle = entry.data.len() / 2;
        entry.data[middle] ^= 0x40;
        entry
    };
    vec![
        one("another checksum", Entry { crc: 1, ..entry("a") }),
        one("content that is changed", spoilt(entry("a"))),
        one("deflate that is changed", spoilt(deflated("a", &text))),
        one("zstd that is changed", spoilt(compressed("a", &text))),
        one("deflate that is cut", shorter(deflated("a", &text), 9)),
        one("zstd that is cut", shorter(compressed("a", &text), 9)),
        one("bytes behind deflate", longer(deflated("a", &text))),
        one("bytes behind zstd", longer(compressed("a", &text))),
        one("deflate that is none", garbage(8)),
        one("zstd that is none", garbage(93)),
        one(
            "less content than said",
            Entry {
                size: text.len() as u32 + 1,
                ..deflated("a", &text)
            },
        ),
        one(
            "more content than said",
            Entry {
                size: 10,
                ..deflated("a", &text)
            },
        ),
        one(
            "stored of another size",
            Entry {
                size: 6,
                ..entry("a")
            },
        ),
    ]
}
