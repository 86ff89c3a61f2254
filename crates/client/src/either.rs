//! Several things of which one will do, in words.

/// `1.0`, `1.0 or 1.1`, `1.0, 1.1 or 1.2`; empty where there is none.
pub fn either(things: &[String]) -> String {
    match things {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        few => few.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::either;

    #[test]
    fn the_last_one_comes_after_an_or() {
        let said =
            |things: &[&str]| either(&things.iter().map(|&thing| thing.to_owned()).collect::<Vec<_>>());
        assert_eq!(said(&[]), "");
        assert_eq!(said(&["1.0"]), "1.0");
        assert_eq!(said(&["1.0", "1.1"]), "1.0 or 1.1");
        assert_eq!(said(&["1.0", "1.1", "1.2"]), "1.0, 1.1 or 1.2");
    }
}
