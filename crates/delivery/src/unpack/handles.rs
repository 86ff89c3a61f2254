//! Files that are open because more of them is to be written.

use std::fs::File;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// How many files stay open. Chunks of one file mostly come one after the other.
const MOST: usize = 64;

/// The files that were written to last, the latest at the end.
#[derive(Debug, Default)]
pub(crate) struct Handles(Mutex<Vec<(u32, Arc<File>)>>);

impl Handles {
    /// The open file of this number, opened if need be.
    pub(crate) fn get(&self, number: u32, open: impl FnOnce() -> io::Result<File>) -> io::Result<Arc<File>> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = match files.iter().position(|(known, _)| *known == number) {
            Some(place) => files.remove(place),
            None => (number, Arc::new(open()?)),
        };
        if files.len() >= MOST {
            files.remove(0);
        }
        let file = entry.1.clone();
        files.push(entry);
        Ok(file)
    }

    /// Closes all.
    pub(crate) fn close(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stays_open_until_many_others_were_used() {
        let handles = Handles::default();
        let mut opened = 0;
        let mut get = |number| {
            let counted = || {
                opened += 1;
                tempfile::tempfile()
            };
            handles.get(number, counted).expect("opens");
            opened
        };
        assert_eq!((get(0), get(0)), (1, 1));
        for number in 1..MOST as u32 {
            get(number);
        }
        assert_eq!(get(0), MOST, "still open");
        assert_eq!(get(1000), MOST + 1);
        assert_eq!(get(0), MOST + 1, "used a moment ago");
        assert_eq!(get(1), MOST + 2, "closed as the oldest");
    }
}
