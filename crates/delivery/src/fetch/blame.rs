//! Which servers sent damaged chunks (pure): one that did is asked for that chunk no more, and one that did it again and
//! again for nothing, as long as there is another.

use std::collections::HashMap;

/// After so many damaged chunks nothing more is taken from a server where there is another: once may be an accident.
const TOO_MANY: u32 = 3;

/// What arrived damaged, and where it came from.
#[derive(Debug, Default)]
pub(super) struct Blame {
    chunks: HashMap<u32, Damage>,
    /// How many damaged chunks each server sent, by `host:port`.
    servers: HashMap<String, u32>,
}

#[derive(Debug, Default)]
struct Damage {
    times: u32,
    from: Vec<String>,
}

impl Blame {
    /// A chunk arrived damaged, from these servers if from any; answers how often it has. Where several had a part in it,
    /// nobody knows which of them it was: all are blamed, and the one that is to blame is soon blamed more often.
    pub(super) fn note(&mut self, chunk: u32, from: &[String]) -> u32 {
        let damage = self.chunks.entry(chunk).or_default();
        damage.times += 1;
        for server in from {
            damage.from.push(server.clone());
            *self.servers.entry(server.clone()).or_default() += 1;
        }
        damage.times
    }

    /// How many damaged chunks a server had a part in.
    pub(super) fn count(&self, server: &str) -> u32 {
        self.servers.get(server).copied().unwrap_or_default()
    }

    /// Whether a chunk is better had from another server than this one.
    pub(super) fn distrusts(&self, chunk: u32, server: &str) -> bool {
        let damage = self.chunks.get(&chunk);
        damage.is_some_and(|damage| damage.from.iter().any(|from| from == server))
            || self.count(server) >= TOO_MANY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_asked_no_more_for_what_it_sent_damaged_and_soon_for_nothing() {
        let (mut blame, [a, b]) = (Blame::default(), ["a:443", "b:443"].map(str::to_owned));
        assert_eq!(blame.note(7, std::slice::from_ref(&a)), 1);
        assert!(blame.distrusts(7, "a:443") && !blame.distrusts(8, "a:443"));
        assert_eq!(blame.note(7, &[a.clone(), b]), 2);
        assert_eq!((blame.count("a:443"), blame.count("b:443")), (2, 1));
        assert_eq!(blame.note(7, &[]), 3, "what lay here damaged is nobody's fault");
        blame.note(8, std::slice::from_ref(&a));
        assert!(blame.distrusts(10, "a:443") && !blame.distrusts(10, "b:443"));
    }
}
