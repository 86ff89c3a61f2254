//! Drawing a template as characters: what the program is good for.
//!
//! A template is text: `size WIDTH HEIGHT`, then `box X Y WIDTH HEIGHT`, `line X1 Y1 X2 Y2` and `text X Y WORDS`.

use camino::{Utf8Path, Utf8PathBuf};
use std::io;
use thiserror::Error;

/// The largest drawing, in characters.
const LIMIT: usize = 200;

/// A template could not be drawn.
#[derive(Debug, Error)]
pub(crate) enum Error {
    /// The file could not be read.
    #[error("the template `{path}` could not be read: {source}")]
    Read { path: Utf8PathBuf, source: io::Error },
    /// A line is none of the known ones.
    #[error("line {line} of the template cannot be drawn: `{text}`")]
    Line { line: usize, text: String },
}

/// A drawing: rows of characters.
#[derive(Debug)]
pub(crate) struct Drawing(Vec<Vec<char>>);

/// The names of the templates below `folder`, in order.
pub(crate) fn names(folder: &Utf8Path) -> Result<Vec<String>, Error> {
    let read = |source| Error::Read {
        path: folder.to_owned(),
        source,
    };
    let entries = folder.read_dir_utf8().map_err(read)?;
    let name = |entry: camino::Utf8DirEntry| entry.file_name().strip_suffix(".plan").map(str::to_owned);
    let mut names: Vec<_> = entries.flatten().filter_map(name).collect();
    names.sort();
    Ok(names)
}

/// Draws the template in a file.
pub(crate) fn draw_file(path: &Utf8Path) -> Result<Drawing, Error> {
    let text = fs_err::read_to_string(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    draw(&text)
}

/// Draws a template.
pub(crate) fn draw(template: &str) -> Result<Drawing, Error> {
    let mut drawing = Drawing(Vec::new());
    for (at, text) in template
        .lines()
        .enumerate()
        .filter(|(_, text)| !text.trim().is_empty())
    {
        drawing.obey(text).ok_or_else(|| Error::Line {
            line: at + 1,
            text: text.to_owned(),
        })?;
    }
    Ok(drawing)
}

impl Drawing {
    fn obey(&mut self, text: &str) -> Option<()> {
        let mut words = text.split_whitespace();
        let verb = words.next()?;
        let rest: Vec<&str> = words.collect();
        let number = |at: usize| {
            rest.get(at)?
                .parse::<usize>()
                .ok()
                .filter(|number| *number <= LIMIT)
        };
        match verb {
            "size" => self.0 = vec![vec![' '; number(0)?]; number(1)?],
            "box" => self.frame(number(0)?, number(1)?, number(2)?, number(3)?),
            "line" => self.line((number(0)?, number(1)?), (number(2)?, number(3)?)),
            "text" => self.write(number(0)?, number(1)?, &rest.get(2..)?.join(" ")),
            _ => return None,
        }
        Some(())
    }

    fn put(&mut self, x: usize, y: usize, mark: char) {
        if let Some(cell) = self.0.get_mut(y).and_then(|row| row.get_mut(x)) {
            *cell = mark;
        }
    }

    fn frame(&mut self, x: usize, y: usize, width: usize, height: usize) {
        let (right, low) = (x + width.saturating_sub(1), y + height.saturating_sub(1));
        for column in x..=right {
            self.put(column, y, '─');
            self.put(column, low, '─');
        }
        for row in y..=low {
            self.put(x, row, '│');
            self.put(right, row, '│');
        }
        for (column, row, corner) in [(x, y, '┌'), (right, y, '┐'), (x, low, '└'), (right, low, '┘')]
        {
            self.put(column, row, corner);
        }
    }

    fn line(&mut self, from: (usize, usize), to: (usize, usize)) {
        let steps = from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)).max(1);
        let between = |a: usize, b: usize, step: usize| (a * (steps - step) + b * step) / steps;
        (0..=steps).for_each(|step| self.put(between(from.0, to.0, step), between(from.1, to.1, step), '·'));
    }

    fn write(&mut self, x: usize, y: usize, words: &str) {
        words
            .chars()
            .enumerate()
            .for_each(|(at, letter)| self.put(x + at, y, letter));
    }
}

impl std::fmt::Display for Drawing {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|row| writeln!(out, "{}", row.iter().collect::<String>().trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_with_words_is_drawn_as_characters() {
        let drawing = draw("size 8 3\nbox 0 0 8 3\ntext 2 1 Hall").expect("well formed");
        assert_eq!(drawing.to_string(), "┌──────┐\n│ Hall │\n└──────┘\n");
    }

    #[test]
    fn what_lies_outside_is_cut_and_what_is_unknown_is_named() {
        assert_eq!(
            draw("size 2 1\ntext 1 0 abc").expect("well formed").to_string(),
            " a\n"
        );
        assert!(matches!(
            draw("size 2 1\nexplode"),
            Err(Error::Line { line: 2, .. })
        ));
        assert!(
            draw("size 99999 99999").is_err(),
            "a template cannot ask for all memory"
        );
    }
}
