//! A text as a QR code in the terminal: two rows of squares in each line, dark on light as cameras expect.

use qrcode::{Color, EcLevel, QrCode};

/// Squares of light around the code, as readers need them.
const QUIET: usize = 4;
/// Black on white whatever the terminal's own colours are.
const LIGHT: &str = "\u{1b}[30;107m";
const RESET: &str = "\u{1b}[0m";

/// The code's lines; `None` where the text is too long for one code.
pub(crate) fn drawn(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let (width, squares) = (code.width(), code.to_colors());
    let dark = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < width);
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => squares[y * width + x] == Color::Dark,
            _ => false,
        }
    };
    let side = width + 2 * QUIET;
    let line = |y: usize| -> String {
        let pair = |x| match (dark(x, y), dark(x, y + 1)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        };
        (0..side).map(pair).collect()
    };
    let lines = (0..side).step_by(2).map(|y| format!("{LIGHT}{}{RESET}", line(y)));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_of_the_longest_kind_fits_one_code_and_longer_texts_none() {
        let request = "a".repeat(1_200);
        let drawn = drawn(&request).expect("it fits");
        let lines: Vec<_> = drawn.lines().collect();
        let plain = |line: &str| line.replace(LIGHT, "").replace(RESET, "").chars().count();
        assert!(lines.iter().all(|line| plain(line) == plain(lines[0])));
        assert!(plain(lines[0]) <= 150, "{}", plain(lines[0]));
        assert_eq!(super::drawn(&"a".repeat(4_000)), None);
    }
}
