use super::*;
use std::collections::VecDeque;

/// A server that says what it was told to, whatever it is asked.
struct Told(VecDeque<u8>);

impl Read for Told {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.0.read(to)
    }
}

impl Write for Told {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn welcome() -> Vec<u8> {
    let mut rest = vec![0; 32];
    rest[16] = 3; // "abc" as the vendor, with one byte to fill
    rest[20] = 1;
    rest[21] = 1;
    rest.extend(b"abc\0");
    rest.extend([0; 8]);
    let mut screen = vec![0; 40];
    screen[..4].copy_from_slice(&77_u32.to_le_bytes());
    screen[20..22].copy_from_slice(&1600_u16.to_le_bytes());
    screen[22..24].copy_from_slice(&900_u16.to_le_bytes());
    rest.extend(screen);
    let mut all = vec![1, 0, 11, 0, 0, 0];
    all.extend((rest.len() as u16 / 4).to_le_bytes());
    all.extend(rest);
    all
}

fn answer(at: usize, head: &[u8], rest: &[u8]) -> Vec<u8> {
    let mut all = vec![0; 32];
    all[0] = 1;
    all[at..at + head.len()].copy_from_slice(head);
    let mut rest = rest.to_vec();
    rest.resize(rest.len().next_multiple_of(4), 0);
    all[4..8].copy_from_slice(&(rest.len() as u32 / 4).to_le_bytes());
    all.extend(rest);
    all
}

fn monitor(width: u16, height: u16, outputs: u16) -> Vec<u8> {
    let mut bytes = vec![0; 24 + 4 * usize::from(outputs)];
    bytes[6..8].copy_from_slice(&outputs.to_le_bytes());
    bytes[12..14].copy_from_slice(&width.to_le_bytes());
    bytes[14..16].copy_from_slice(&height.to_le_bytes());
    bytes
}

fn check(answers: &[Vec<u8>]) -> io::Result<Screen> {
    talk(Told(answers.concat().into()), None)
}

#[test]
fn monitors_and_scale_are_read() {
    let settings = b"Xcursor.size:\t48\nXft.dpi:\t144\n";
    let monitors = [monitor(2560, 1440, 1), monitor(1080, 1920, 2)].concat();
    let screen = check(&[
        welcome(),
        answer(16, &(settings.len() as u32).to_le_bytes(), settings),
        answer(8, &[1, 140], &[]),
        answer(8, &[1], &[]),
        answer(12, &[2], &monitors),
    ]);
    let expected = Screen {
        sizes: vec![(2560, 1440), (1080, 1920)],
        scale: Some(150),
    };
    assert_eq!(screen.expect("a screen"), expected);
}

#[test]
fn without_monitors_the_screen_is_the_display() {
    let screen = check(&[welcome(), answer(16, &[0], &[]), answer(8, &[0, 0], &[])]);
    assert_eq!(
        screen.expect("a screen"),
        Screen {
            sizes: vec![(1600, 900)],
            scale: None
        }
    );
}

#[test]
fn a_server_that_lets_nobody_in_or_breaks_off_is_an_error() {
    let closed = check(&[vec![0, 0, 11, 0, 0, 0, 0, 0]]).expect_err("refused");
    assert_eq!(closed.kind(), io::ErrorKind::PermissionDenied);
    let whole = [welcome(), answer(16, &[0], &[]), answer(8, &[0, 0], &[])].concat();
    for length in 0..whole.len() {
        assert!(check(&[whole[..length].to_vec()]).is_err(), "{length}");
    }
}

#[test]
fn displays_are_named_as_people_name_them() {
    assert_eq!(parse(":0"), Some(("", 0)));
    assert_eq!(parse("localhost:10.0"), Some(("localhost", 10)));
    assert_eq!(parse("nonsense"), None);
    assert_eq!(
        (scale("Xft.dpi: 96"), scale("Xft.dpi: NaN"), scale("")),
        (Some(100), None, None)
    );
}
