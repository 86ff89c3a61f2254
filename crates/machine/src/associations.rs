//! The person's list of which program opens what, by the MIME applications specification: `mimeapps.list`.
//!
//! Others write it, too; everything that is not ours stays as it is.

use crate::Result;
use crate::files::{read_bounded, remove_file, replace};
use camino::Utf8Path;
use std::sync::{Mutex, PoisonError};

const SECTION: &str = "[Added Associations]";
/// More than any list has.
const MAX_BYTES: u64 = 4 << 20;

/// Of several jobs of this process one changes a list at a time: what another had added in between would be lost.
static CHANGES: Mutex<()> = Mutex::new(());

/// Adds a program's entry to those that open a media type. It may be there already. The folder has to exist.
pub fn add(list: &Utf8Path, media_type: &str, entry: &str) -> Result<()> {
    change(list, |before| with(before, media_type, entry))
}

/// Takes a program's entry away. It may be gone already; a list that says nothing any more goes with it.
pub fn remove(list: &Utf8Path, media_type: &str, entry: &str) -> Result<()> {
    change(list, |before| without(before, media_type, entry))
}

fn change(list: &Utf8Path, judge: impl FnOnce(&str) -> String) -> Result<()> {
    let _alone = CHANGES.lock().unwrap_or_else(PoisonError::into_inner);
    let before = read(list)?;
    let after = judge(&before);
    match (after == before, after.trim().is_empty()) {
        (true, _) => Ok(()),
        (false, true) => remove_file(list),
        (false, false) => replace(list, after.as_bytes()),
    }
}

/// Text that is not Unicode is somebody else's broken file: nothing of it is known, and nothing of it is lost, since
/// what we write keeps what could be read.
fn read(list: &Utf8Path) -> Result<String> {
    let bytes = read_bounded(list, MAX_BYTES)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn with(text: &str, media_type: &str, entry: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let Some(section) = lines.iter().position(|line| line.trim() == SECTION) else {
        lines.extend([SECTION.to_owned(), format!("{media_type}={entry};")]);
        return joined(&lines);
    };
    match line_of(&lines, section, media_type) {
        Some(line) if entries(&lines[line]).any(|known| known == entry) => return text.to_owned(),
        Some(line) => {
            let known: Vec<&str> = entries(&lines[line]).collect();
            lines[line] = format!("{media_type}={};{entry};", known.join(";"));
        }
        None => lines.insert(section + 1, format!("{media_type}={entry};")),
    }
    joined(&lines)
}

fn without(text: &str, media_type: &str, entry: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let section = lines.iter().position(|line| line.trim() == SECTION);
    let found = section.and_then(|section| Some((section, line_of(&lines, section, media_type)?)));
    let Some((section, line)) = found else {
        return text.to_owned();
    };
    let left: Vec<&str> = entries(&lines[line]).filter(|known| *known != entry).collect();
    match left.is_empty() {
        false => lines[line] = format!("{media_type}={};", left.join(";")),
        true => {
            lines.remove(line);
            let is_last = lines
                .get(section + 1)
                .is_none_or(|next| next.trim().starts_with('['));
            if is_last {
                lines.remove(section);
            }
        }
    }
    joined(&lines)
}

/// The line of a media type in a section.
fn line_of(lines: &[String], section: usize, media_type: &str) -> Option<usize> {
    let inside = lines.iter().enumerate().skip(section + 1);
    let mut inside = inside.take_while(|(_, line)| !line.trim().starts_with('['));
    let is_it = |line: &str| {
        line.split_once('=')
            .is_some_and(|(known, _)| known.trim() == media_type)
    };
    inside.find(|(_, line)| is_it(line)).map(|(number, _)| number)
}

fn entries(line: &str) -> impl Iterator<Item = &str> {
    let entries = line.split_once('=').map_or("", |(_, entries)| entries);
    entries
        .split(';')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEIRS: &str = "[Default Applications]\ntext/plain=edit.desktop\n\n[Added Associations]\ntext/plain=edit.desktop;\n\n[Removed Associations]\nimage/png=old.desktop;\n";

    #[test]
    fn what_is_added_and_taken_away_leaves_the_list_as_it_was() {
        for text in ["", THEIRS, "[Default Applications]\ntext/plain=edit.desktop\n"] {
            for media_type in ["application/x-draft", "text/plain"] {
                let added = with(text, media_type, "draft.desktop");
                assert!(added.contains("draft.desktop;"), "{added}");
                assert_eq!(with(&added, media_type, "draft.desktop"), added, "again");
                assert_eq!(without(&added, media_type, "draft.desktop"), text);
            }
        }
    }

    #[test]
    fn of_what_several_add_at_the_same_time_nothing_is_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = Utf8Path::from_path(folder.path())
            .expect("a UTF-8 path")
            .join("mimeapps.list");
        let change = |act: fn(&Utf8Path, &str, &str) -> Result<()>| {
            std::thread::scope(|scope| {
                for number in 0..8 {
                    let (list, entry) = (&list, format!("draft-{number}.desktop"));
                    scope.spawn(move || act(list, "application/x-draft", &entry).expect("changed"));
                }
            });
        };
        change(add);
        let text = read(&list).expect("read");
        assert_eq!(text.matches("draft-").count(), 8, "{text}");
        change(remove);
        assert!(!list.exists(), "it says nothing any more");
    }

    #[test]
    fn other_programs_of_the_type_stay() {
        let added = with(THEIRS, "text/plain", "draft.desktop");
        assert!(
            added.contains("text/plain=edit.desktop;draft.desktop;"),
            "{added}"
        );
        assert_eq!(without(&added, "text/plain", "other.desktop"), added);
    }
}
