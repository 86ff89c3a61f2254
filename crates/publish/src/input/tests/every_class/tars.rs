//! Tar archives whose names are legal, and which lie otherwise.

use super::super::making::*;
use super::Case;

pub(super) fn hostile() -> Vec<Case> {
    let classes = [links(), special(), twofold(), ends(), packed()];
    classes.into_iter().flatten().collect()
}

fn case(what: &str, blocks: &[Block]) -> Case {
    (what.to_owned(), tar(blocks))
}

/// A name as GNU writes long ones, before the entry that it belongs to.
pub(super) fn long_name(name: &[u8]) -> Block {
    Block {
        kind: b'L',
        content: [name, &[0]].concat(),
        ..block("././@LongLink")
    }
}

fn links() -> Vec<Case> {
    let with = |kind: u8| {
        move |target: &str| {
            let blocks = [block("bin/x"), bare("lib/l", kind, target)];
            (format!("{} to {target}", kind as char), tar(&blocks))
        }
    };
    let symbolic = [
        "/etc/passwd",
        "../../x",
        "..",
        ".",
        "l",
        "../none",
        "C:\\x",
        "..\\x",
        "",
    ];
    let hard = [
        "/etc/passwd",
        "../x",
        "bin",
        "bin/none",
        "lib/l",
        "bin/../bin/x",
        "",
    ];
    let mut cases: Vec<Case> = symbolic.into_iter().map(with(b'2')).collect();
    cases.extend(hard.into_iter().map(with(b'1')));
    cases.extend([
        case(
            "a circle",
            &[block("x"), bare("a", b'2', "b"), bare("b", b'2', "a")],
        ),
        case(
            "a file below a link",
            &[block("d/x"), bare("l", b'2', "d"), block("l/y")],
        ),
        case("a hard link forward", &[bare("l", b'1', "x"), block("x")]),
        case(
            "a hard link to a link",
            &[block("x"), bare("l", b'2', "x"), bare("h", b'1', "l")],
        ),
        case(
            "a link with content",
            &[
                block("x"),
                Block {
                    kind: b'2',
                    link: b"x".to_vec(),
                    ..block("l")
                },
            ],
        ),
        case(
            "a link that replaces a folder",
            &[block("d/x"), bare("d", b'2', "e")],
        ),
    ]);
    cases
}

fn special() -> Vec<Case> {
    let kinds = *b"34678ASVMDN";
    let modes = ["4755", "2755", "6755", "60644", "20644", "10644", "140644"];
    let of_kind = |kind: u8| {
        case(
            &format!("kind {}", kind as char),
            &[block("a"), bare("b", kind, "")],
        )
    };
    let of_mode = |mode: &str| {
        let mode = format!("{mode:0>7}\0").into_bytes();
        case(&format!("mode {mode:?}"), &[Block { mode, ..block("a") }])
    };
    kinds
        .into_iter()
        .map(of_kind)
        .chain(modes.into_iter().map(of_mode))
        .collect()
}

/// Two readers would take different things out of these.
fn twofold() -> Vec<Case> {
    let (a, b) = (block("a"), block("b"));
    let size = |size: &[u8]| Block {
        size: Some(size.to_vec()),
        ..block("a")
    };
    let wide = |first: u8, last: u8| {
        let mut size = vec![first, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last];
        size[3] = u8::from(last == 0);
        size
    };
    vec![
        case("two sizes", &[records(b'x', &[("size", "512")]), a.clone()]),
        case("a size of nothing", &[records(b'x', &[("size", "0")]), a.clone()]),
        case(
            "a size that is no number",
            &[records(b'x', &[("size", "+7")]), a.clone()],
        ),
        case("holes", &[records(b'x', &[("GNU.sparse.major", "1")]), a.clone()]),
        case(
            "one name for all",
            &[records(b'g', &[("path", "x")]), a.clone(), b.clone()],
        ),
        case("one size for all", &[records(b'g', &[("size", "7")]), a.clone()]),
        case(
            "two names of two kinds",
            &[long_name(b"x"), records(b'x', &[("path", "y")]), a.clone()],
        ),
        case("two long names", &[long_name(b"x"), long_name(b"y"), a.clone()]),
        case("a long name of two", &[long_name(b"x\0y"), a.clone()]),
        case("a long name without an entry", &[a.clone(), long_name(b"x")]),
        case(
            "one record twice",
            &[records(b'x', &[("path", "x"), ("path", "y")]), a.clone()],
        ),
        case(
            "a record that is too long",
            &[
                Block {
                    content: b"99 path=x\n".to_vec(),
                    ..records(b'x', &[])
                },
                a.clone(),
            ],
        ),
        case(
            "a record with a zero",
            &[records(b'x', &[("path", "x\0y")]), a.clone()],
        ),
        case(
            "records of 2 MiB",
            &[records(b'x', &[("comment", &"x".repeat(2 << 20))]), a.clone()],
        ),
        case("a name behind a name", &[block(b"a\0b")]),
        case(
            "a prefix behind a prefix",
            &[Block {
                prefix: b"p\0q".to_vec(),
                ..block("a")
            }],
        ),
        case("a file named as a folder", &[block("a/")]),
        case(
            "bytes between entries",
            &[
                Block {
                    padding: 1,
                    ..a.clone()
                },
                b,
            ],
        ),
        case(
            "an unknown mark",
            &[Block {
                magic: b"ustarX00",
                ..a.clone()
            }],
        ),
        case("a size of letters", &[size(b"0000000000x\0")]),
        case("a size beyond the end", &[size(b"00000077777\0")]),
        case("a size below nothing", &[size(&wide(0xff, 7))]),
        case("a size beyond 2^64", &[size(&wide(0x80, 0))]),
        case(
            "a folder with content",
            &[Block {
                kind: b'5',
                ..block("d/")
            }],
        ),
    ]
}

fn ends() -> Vec<Case> {
    let whole = tar(&[block("a")]);
    let bad_sum = {
        let mut bytes = tar(&[block("a"), block("b")]);
        bytes[1024] ^= 1;
        bytes
    };
    vec![
        (
            "bytes behind the end".to_owned(),
            [&whole[..], b"hidden"].concat(),
        ),
        (
            "an archive behind the end".to_owned(),
            [&whole[..], &whole].concat(),
        ),
        (
            "a zip archive behind the end".to_owned(),
            [&whole[..], &zip(&[entry("b")])].concat(),
        ),
        ("no end".to_owned(), whole[..1024].to_vec()),
        (
            "half a header".to_owned(),
            [&whole[..1024], &whole[..100]].concat(),
        ),
        ("half a content".to_owned(), whole[..514].to_vec()),
        ("another checksum".to_owned(), bad_sum),
    ]
}

/// Packs an archive.
type Packer = fn(&[u8]) -> Vec<u8>;

/// Compressed archives.
fn packed() -> Vec<Case> {
    let whole = tar(&[block("a")]);
    let bomb = tar(&[Block {
        content: vec![0; 40 << 20],
        ..block("a")
    }]);
    let packers: [(&str, Packer); 3] = [("gzip", gzip), ("zstd", zstd), ("xz", xz)];
    let mut cases = Vec::new();
    for (name, pack) in packers {
        let packed = pack(&whole);
        let mut changed = packed.clone();
        changed[packed.len() / 2] ^= 0x10;
        cases.extend([
            (format!("{name}: cut"), packed[..packed.len() - 5].to_vec()),
            (format!("{name}: only its mark"), packed[..6].to_vec()),
            (format!("{name}: changed"), changed),
            (format!("{name}: bytes behind"), [&packed[..], b"hidden"].concat()),
            (format!("{name}: no archive inside"), pack(b"content")),
            (format!("{name}: packed twice"), pack(&packed)),
            (format!("{name}: a bomb"), pack(&bomb)),
        ]);
    }
    cases
}
