//! A plan drawn as SVG, for a browser or a document.

use crate::plan::{Plan, Shape};
use std::fmt::{self, Write as _};

/// The width and height of a cell in the picture.
const CELL: (usize, usize) = (10, 20);

/// A plan as an SVG picture.
pub(crate) struct Svg<'a>(pub(crate) &'a Plan);

impl fmt::Display for Svg<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (width, height) = (self.0.width * CELL.0, self.0.height * CELL.1);
        writeln!(
            out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">"#
        )?;
        writeln!(
            out,
            r##"<rect width="{width}" height="{height}" fill="#f4efe6"/>"##
        )?;
        writeln!(
            out,
            r##"<g fill="none" stroke="#0b4f52" stroke-width="2" font-family="monospace" font-size="15">"##
        )?;
        self.0
            .shapes
            .iter()
            .try_for_each(|shape| writeln!(out, "{}", element(shape)))?;
        writeln!(out, "</g>\n</svg>")
    }
}

fn element(shape: &Shape) -> String {
    match shape {
        Shape::Box { x, y, width, height } => {
            let (x, y) = middle((*x, *y));
            let (width, height) = (
                width.saturating_sub(1) * CELL.0,
                height.saturating_sub(1) * CELL.1,
            );
            format!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"/>"#)
        }
        Shape::Line { from, to } => {
            let ((x1, y1), (x2, y2)) = (middle(*from), middle(*to));
            format!(r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke-dasharray="2 4"/>"#)
        }
        Shape::Text { x, y, words } => {
            let (x, y) = (x * CELL.0, y * CELL.1 + 15);
            format!(
                r##"<text x="{x}" y="{y}" fill="#0b4f52" stroke="none">{}</text>"##,
                escaped(words)
            )
        }
    }
}

fn middle((x, y): (usize, usize)) -> (usize, usize) {
    (x * CELL.0 + CELL.0 / 2, y * CELL.1 + CELL.1 / 2)
}

/// Words as text of XML; characters that XML does not have are left out.
fn escaped(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_control())
        .fold(String::new(), |mut text, c| {
            match c {
                '&' => text.push_str("&amp;"),
                '<' => text.push_str("&lt;"),
                '>' => text.push_str("&gt;"),
                other => {
                    let _ = text.write_char(other);
                }
            }
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_becomes_a_picture() {
        let plan: Plan = "size 8 3\nbox 0 0 8 3\nline 1 1 6 1\ntext 2 1 Hall"
            .parse()
            .expect("well formed");
        let picture = Svg(&plan).to_string();
        assert!(
            picture.starts_with(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60""#),
            "{picture}"
        );
        assert!(
            picture.contains(r#"<rect x="5" y="10" width="70" height="40"/>"#),
            "{picture}"
        );
        assert!(
            picture.contains(r#"<line x1="15" y1="30" x2="65" y2="30""#),
            "{picture}"
        );
        assert!(
            picture.contains(">Hall</text>") && picture.ends_with("</svg>\n"),
            "{picture}"
        );
    }

    #[test]
    fn words_of_a_template_are_text_and_never_markup() {
        let plan: Plan = "size 9 1\ntext 0 0 <script>&\u{1b}</script>"
            .parse()
            .expect("well formed");
        let picture = Svg(&plan).to_string();
        assert!(
            picture.contains(">&lt;script&gt;&amp;&lt;/script&gt;</text>"),
            "{picture}"
        );
    }
}
