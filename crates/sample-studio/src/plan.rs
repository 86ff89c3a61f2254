//! Plans: what templates say.
//!
//! A template is text: `size WIDTH HEIGHT`, then `box X Y WIDTH HEIGHT`, `line X1 Y1 X2 Y2` and `text X Y WORDS`, in
//! cells of which a terminal has one for each character.

use camino::{Utf8Path, Utf8PathBuf};
use std::io;
use std::str::FromStr;
use thiserror::Error;

/// The largest plan, in cells.
const LIMIT: usize = 200;
/// The longest template, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// A template could not be used.
#[derive(Debug, Error)]
pub(crate) enum Error {
    /// The file could not be read.
    #[error("the template `{path}` could not be read: {source}")]
    Read { path: Utf8PathBuf, source: io::Error },
    /// The file is no template.
    #[error("`{path}` is longer than any template")]
    TooLong { path: Utf8PathBuf },
    /// A line is none of the known ones.
    #[error("line {line} of the template cannot be drawn: `{text}`")]
    Line { line: usize, text: String },
}

/// Something on a plan, in cells from the left and the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A rectangle.
    Box {
        x: usize,
        y: usize,
        width: usize,
        height: usize,
    },
    /// A line from one place to another.
    Line {
        from: (usize, usize),
        to: (usize, usize),
    },
    /// Words.
    Text { x: usize, y: usize, words: String },
}

/// A plan: its size in cells, and what is on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) shapes: Vec<Shape>,
}

/// The names of the templates in `folder`, in order.
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

/// Reads the template in a file.
pub(crate) fn read(path: &Utf8Path) -> Result<Plan, Error> {
    let failed = |source| Error::Read {
        path: path.to_owned(),
        source,
    };
    if path.metadata().map_err(failed)?.len() > MAX_BYTES {
        return Err(Error::TooLong {
            path: path.to_owned(),
        });
    }
    std::fs::read_to_string(path).map_err(failed)?.parse()
}

impl FromStr for Plan {
    type Err = Error;

    fn from_str(template: &str) -> Result<Self, Error> {
        let mut plan = Self::default();
        for (at, text) in template
            .lines()
            .enumerate()
            .filter(|(_, text)| !text.trim().is_empty())
        {
            let unknown = || Error::Line {
                line: at + 1,
                text: text.escape_debug().take(80).collect(),
            };
            plan.obey(text).ok_or_else(unknown)?;
        }
        Ok(plan)
    }
}

impl Plan {
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
        let shape = match verb {
            "size" => {
                (self.width, self.height) = (number(0)?, number(1)?);
                return Some(());
            }
            "box" => Shape::Box {
                x: number(0)?,
                y: number(1)?,
                width: number(2)?,
                height: number(3)?,
            },
            "line" => Shape::Line {
                from: (number(0)?, number(1)?),
                to: (number(2)?, number(3)?),
            },
            "text" => Shape::Text {
                x: number(0)?,
                y: number(1)?,
                words: rest.get(2..)?.join(" "),
            },
            _ => return None,
        };
        self.shapes.push(shape);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_read_line_by_line() {
        let plan: Plan = "size 8 3\n\nbox 0 0 8 3\nline 1 2 3 2\ntext 2 1 The Hall"
            .parse()
            .expect("well formed");
        assert_eq!((plan.width, plan.height, plan.shapes.len()), (8, 3, 3));
        assert_eq!(
            plan.shapes[2],
            Shape::Text {
                x: 2,
                y: 1,
                words: "The Hall".into()
            }
        );
    }

    #[test]
    fn a_line_that_is_not_known_is_named() {
        for hostile in [
            "explode",
            "box 1 2 3",
            "size -1 5",
            "size 99999 99999",
            "line a b c d",
            "text 1",
        ] {
            let refusal = format!("size 2 1\n{hostile}").parse::<Plan>().expect_err(hostile);
            assert!(
                matches!(&refusal, Error::Line { line: 2, text } if text == hostile),
                "{refusal}"
            );
        }
    }

    #[test]
    fn what_is_no_template_is_refused_and_not_printed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8Path::from_path(folder.path())
            .expect("a UTF-8 path")
            .join("x.plan");
        std::fs::write(&path, "\u{1b}[2J".repeat(10)).expect("written");
        assert!(!read(&path).expect_err("refused").to_string().contains('\u{1b}'));
        std::fs::write(&path, vec![b' '; MAX_BYTES as usize + 1]).expect("written");
        assert!(matches!(read(&path), Err(Error::TooLong { .. })));
        assert!(matches!(read(&path.join("none")), Err(Error::Read { .. })));
    }
}
