//! Several things in words.

/// Of which one will do: `1.0`, `1.0 or 1.1`, `1.0, 1.1 or 1.2`; empty where there is none.
pub fn either(things: &[String]) -> String {
    joined(things, "or")
}

/// All of which count: `1.0`, `1.0 and 1.1`, `1.0, 1.1 and 1.2`; empty where there is none.
pub(crate) fn all(things: &[String]) -> String {
    joined(things, "and")
}

fn joined(things: &[String], last_word: &str) -> String {
    match things {
        [before @ .., last] if !before.is_empty() => format!("{} {last_word} {last}", before.join(", ")),
        few => few.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::{all, either};

    #[test]
    fn the_last_one_comes_after_an_or() {
        let said =
            |things: &[&str]| either(&things.iter().map(|&thing| thing.to_owned()).collect::<Vec<_>>());
        assert_eq!(said(&[]), "");
        assert_eq!(said(&["1.0"]), "1.0");
        assert_eq!(said(&["1.0", "1.1"]), "1.0 or 1.1");
        assert_eq!(said(&["1.0", "1.1", "1.2"]), "1.0, 1.1 or 1.2");
        assert_eq!(all(&["a", "b", "c"].map(str::to_owned)), "a, b and c");
    }
}
