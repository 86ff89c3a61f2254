//! Whom to ask next, where one connection fetches a file that several servers have (pure).

use toolcrib_net::SafeUrl;

/// The servers of a file take turns; one of which nothing more is hoped for gets none.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    turn: usize,
    /// Servers of which nothing more is hoped for, each `host:port`.
    given_up: Vec<String>,
}

impl Turns {
    /// Turns that begin with the server at this place of the list.
    pub(crate) fn beginning_at(turn: usize) -> Self {
        Self {
            turn,
            ..Self::default()
        }
    }

    /// The link to the server whose turn it is. There is at least one, as the link book makes sure.
    pub(crate) fn link<'m>(&self, mirrors: &'m [SafeUrl]) -> &'m SafeUrl {
        let hopeful: Vec<&SafeUrl> = mirrors.iter().filter(|link| self.is_hopeful(link)).collect();
        match hopeful.len() {
            // The list may have changed since something was hoped for.
            0 => &mirrors[self.turn % mirrors.len()],
            count => hopeful[self.turn % count],
        }
    }

    /// The next one is asked.
    pub(crate) const fn pass(&mut self) {
        self.turn += 1;
    }

    /// Hopes for nothing more of this link's server; answers whether there is another.
    pub(crate) fn turn_from(&mut self, failed: &SafeUrl, mirrors: &[SafeUrl]) -> bool {
        self.given_up.push(failed.authority());
        mirrors.iter().any(|link| self.is_hopeful(link))
    }

    fn is_hopeful(&self, link: &SafeUrl) -> bool {
        !self.given_up.contains(&link.authority())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_take_turns_until_nothing_is_hoped_for_of_any() {
        let mirrors = [
            "https://a.example/x",
            "https://b.example/x",
            "https://c.example/x",
        ];
        let mirrors = mirrors.map(|raw| SafeUrl::parse(raw).expect("a link"));
        let [a, b, c] = &mirrors;
        let mut turns = Turns::beginning_at(1);
        assert_eq!(turns.link(&mirrors), b);
        turns.pass();
        turns.pass();
        assert_eq!(turns.link(&mirrors), a);
        assert!(turns.turn_from(a, &mirrors));
        assert_eq!(turns.link(&mirrors), c);
        assert!(turns.turn_from(c, &mirrors));
        assert_eq!(turns.link(&mirrors), b);
        assert!(!turns.turn_from(b, &mirrors));
        assert_eq!(
            turns.link(std::slice::from_ref(a)),
            a,
            "whoever asks still asks somebody"
        );
    }
}
