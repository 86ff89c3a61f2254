//! Pages of a list: an opaque cursor, at most a hundred things.

use crate::refusal::Refusal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use toolcrib_wire::api::Page;

/// The most that one page holds.
pub const MAX_PAGE: u32 = 100;

/// Which page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    after: String,
    limit: u32,
}

impl PageRequest {
    /// Reads what a client asked: a cursor from an earlier page and how many things at most.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] where the cursor is not one of ours or the limit is out of bounds.
    pub fn new(cursor: Option<&str>, limit: Option<u32>) -> Result<Self, Refusal> {
        let limit = limit.unwrap_or(MAX_PAGE);
        if !(1..=MAX_PAGE).contains(&limit) {
            return Err(Refusal::Invalid(format!("`limit` is 1 to {MAX_PAGE}.")));
        }
        Ok(Self {
            after: cursor.map(decode).transpose()?.unwrap_or_default(),
            limit,
        })
    }

    /// The key of the last thing of the page before; empty for the first page.
    pub fn after(&self) -> &str {
        &self.after
    }

    /// How many to look for: one more than fits, to know whether there is a next page.
    pub fn lookahead(&self) -> u32 {
        self.limit + 1
    }

    /// Makes the page from what was found, in the order of `key`.
    pub fn page<T>(&self, mut found: Vec<T>, key: impl Fn(&T) -> String) -> Page<T> {
        let more = found.len() > self.limit as usize;
        found.truncate(self.limit as usize);
        let next_cursor = found.last().filter(|_| more).map(|last| encode(&key(last)));
        Page {
            items: found,
            next_cursor,
        }
    }
}

fn encode(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("after:{key}"))
}

fn decode(cursor: &str) -> Result<String, Refusal> {
    let bad = || Refusal::Invalid("`cursor` is not one that this service gave out.".to_owned());
    if cursor.len() > 200 {
        return Err(bad());
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| bad())?;
    let text = String::from_utf8(bytes).map_err(|_| bad())?;
    text.strip_prefix("after:").map(str::to_owned).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(all: &[u32], limit: u32) -> Vec<Vec<u32>> {
        let mut pages = Vec::new();
        let mut cursor = None;
        loop {
            let asked = PageRequest::new(cursor.as_deref(), Some(limit)).expect("ours");
            let after = all
                .iter()
                .copied()
                .filter(|n| n.to_string().as_str() > asked.after());
            let page = asked.page(after.take(asked.lookahead() as usize).collect(), u32::to_string);
            pages.push(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                return pages;
            }
        }
    }

    #[test]
    fn pages_together_are_the_whole_list() {
        assert_eq!(walk(&[1, 2, 3, 4, 5], 2), [vec![1, 2], vec![3, 4], vec![5]]);
        assert_eq!(walk(&[1, 2, 3, 4], 2), [vec![1, 2], vec![3, 4]]);
        assert_eq!(walk(&[], 2), [Vec::<u32>::new()]);
    }

    #[test]
    fn a_foreign_cursor_and_a_bad_limit_are_refused() {
        for cursor in ["", "x", "YWJj", &"A".repeat(300)] {
            assert!(PageRequest::new(Some(cursor), None).is_err(), "{cursor}");
        }
        assert!(PageRequest::new(None, Some(0)).is_err());
        assert!(PageRequest::new(None, Some(101)).is_err());
    }
}
