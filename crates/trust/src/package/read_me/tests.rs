use super::*;

fn shown(content: &str) -> (String, usize) {
    let read_me = judge_read_me(content.as_bytes()).expect("a text");
    (read_me.text, read_me.replaced_count)
}

fn as_it_is(text: &str) -> (String, usize) {
    (text.to_owned(), 0)
}

#[test]
fn a_text_is_shown_as_it_is() {
    for text in [
        "",
        "One.\n\tTwo.\n",
        "صفحه\u{200c}آرا 👩\u{200d}🔧 製図",
        "<script>alert(1)</script>",
    ] {
        assert_eq!(shown(text), as_it_is(text));
    }
}

#[test]
fn lines_end_alike_and_no_mark_stands_in_front() {
    assert_eq!(
        shown("\u{feff}One.\r\nTwo.\rThree.\u{c}Four."),
        as_it_is("One.\nTwo.\nThree.\nFour.")
    );
}

#[test]
fn what_would_steer_a_terminal_or_reorder_text_is_replaced_and_counted() {
    assert_eq!(
        shown("\u{1b}[2J\u{1b}]0;own\u{7}"),
        ("\u{fffd}[2J\u{fffd}]0;own\u{fffd}".to_owned(), 3)
    );
    assert_eq!(shown("\u{9b}31mred"), ("\u{fffd}31mred".to_owned(), 1));
    assert_eq!(
        shown("exe\u{202e}txt\u{8}"),
        ("exe\u{fffd}txt\u{fffd}".to_owned(), 2)
    );
}

#[test]
fn what_is_no_text_is_refused() {
    for content in [
        &b"\x7fELF\x02\x01\x01\0\0"[..],
        b"caf\xe9",
        b"\xff\xfeO\0n\0e\0",
        b"\xc0\x80",
        b"\xed\xa0\x80",
    ] {
        assert_eq!(judge_read_me(content), Err(BadReadMe::NotText));
    }
}

#[test]
fn more_than_the_bound_is_refused_and_the_bound_is_not() {
    let most = MAX_READ_ME_BYTES as usize;
    assert!(judge_read_me(&vec![b'a'; most]).is_ok());
    assert_eq!(judge_read_me(&vec![b'a'; most + 1]), Err(BadReadMe::TooLarge));
}
