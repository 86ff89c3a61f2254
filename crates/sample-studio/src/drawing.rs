//! A plan drawn as characters, for the terminal.

use crate::plan::{Plan, Shape};
use std::fmt;

/// A drawing: rows of characters.
#[derive(Debug)]
pub(crate) struct Drawing(Vec<Vec<char>>);

impl From<&Plan> for Drawing {
    fn from(plan: &Plan) -> Self {
        let mut drawing = Self(vec![vec![' '; plan.width]; plan.height]);
        plan.shapes.iter().for_each(|shape| drawing.add(shape));
        drawing
    }
}

impl Drawing {
    fn add(&mut self, shape: &Shape) {
        match shape {
            Shape::Box { x, y, width, height } => self.frame(*x, *y, *width, *height),
            Shape::Line { from, to } => self.line(*from, *to),
            Shape::Text { x, y, words } => {
                words
                    .chars()
                    .enumerate()
                    .for_each(|(at, letter)| self.put(x + at, *y, letter));
            }
        }
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
}

impl fmt::Display for Drawing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|row| writeln!(out, "{}", row.iter().collect::<String>().trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str) -> String {
        Drawing::from(&template.parse::<Plan>().expect("well formed")).to_string()
    }

    #[test]
    fn a_box_with_words_is_drawn_as_characters() {
        assert_eq!(
            check("size 8 3\nbox 0 0 8 3\ntext 2 1 Hall"),
            "┌──────┐\n│ Hall │\n└──────┘\n"
        );
    }

    #[test]
    fn what_lies_outside_is_cut() {
        assert_eq!(check("size 2 1\ntext 1 0 abc\nbox 150 150 200 200"), " a\n");
    }
}
