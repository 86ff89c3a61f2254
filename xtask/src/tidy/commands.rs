//! Window commands are one checked list: what the shell defines, declares, permits and handles, and what the
//! pages call, must be the same names.

use crate::shell::{Result, root};
use camino::Utf8Path;
use std::collections::BTreeSet;
use walkdir::WalkDir;

type Names = BTreeSet<String>;

pub(super) fn faults() -> Result<Vec<String>> {
    let shell = root().join("src-tauri");
    let defined = defined(&sources(&shell.join("src"), "rs")?);
    let lists = [
        (
            "declared in src-tauri/build.rs",
            quoted_words(&fs_err::read_to_string(shell.join("build.rs"))?, "COMMANDS"),
        ),
        (
            "handled by generate_handler!",
            handled(&sources(&shell.join("src"), "rs")?),
        ),
        (
            "permitted in src-tauri/capabilities",
            permitted(&shell.join("capabilities"))?,
        ),
        (
            "called from ui/src/api",
            called(&sources(&root().join("ui/src/api"), "ts")?),
        ),
    ];
    Ok(lists
        .iter()
        .flat_map(|(place, names)| differences(&defined, place, names))
        .collect())
}

fn differences(defined: &Names, place: &str, names: &Names) -> Vec<String> {
    let missing = defined
        .difference(names)
        .map(|name| format!("`{name}` is a window command, but is not {place}"));
    let extra = names
        .difference(defined)
        .map(|name| format!("`{name}` is {place}, but is no window command"));
    missing.chain(extra).collect()
}

fn sources(folder: &Utf8Path, ending: &str) -> Result<String> {
    let mut text = String::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(&format!(".{ending}")) && !name.contains(".test.") {
            text.push_str(&fs_err::read_to_string(entry.path())?);
        }
    }
    Ok(text)
}

fn word(text: impl AsRef<str>) -> String {
    text.as_ref()
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect()
}

fn defined(rust: &str) -> Names {
    let after = rust.split("#[tauri::command").skip(1);
    after
        .filter_map(|text| Some(word(text.split_once("fn ")?.1)))
        .collect()
}

fn handled(rust: &str) -> Names {
    let list = rust
        .split("generate_handler![")
        .nth(1)
        .and_then(|text| text.split(']').next())
        .unwrap_or_default();
    list.split(',')
        .map(|name| name.trim().rsplit("::").next().unwrap_or_default())
        .map(word)
        .filter(|name| !name.is_empty())
        .collect()
}

fn quoted_words(rust: &str, constant: &str) -> Names {
    let list = rust
        .split(&format!("const {constant}"))
        .nth(1)
        .and_then(|text| text.split(';').next())
        .unwrap_or_default();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn permitted(folder: &Utf8Path) -> Result<Names> {
    let text = sources(folder, "json")?;
    let names = text
        .split("\"allow-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    Ok(names.map(|name| name.replace('-', "_")).collect())
}

/// The pages call through `invoke`, or through `ask`, which is `invoke` with its errors judged.
fn called(typescript: &str) -> Names {
    let calls = ["invoke", "ask"]
        .into_iter()
        .flat_map(|verb| typescript.split(verb).skip(1));
    calls.filter_map(first_argument).map(word).collect()
}

/// The text that a call begins with: `<JobView>("pause_job", …` gives `pause_job", …`.
fn first_argument(call: &str) -> Option<&str> {
    let open = call.starts_with(['<', '(']).then(|| call.find('('))??;
    call[open + 1..].trim_start().strip_prefix(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Names {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn commands_are_found_where_they_are_written() {
        let rust = "#[tauri::command]\npub(crate) async fn pause_job(id: JobId) {}\n generate_handler![commands::pause_job, app]";
        assert_eq!(defined(rust), names(&["pause_job"]));
        assert_eq!(handled(rust), names(&["pause_job", "app"]));
        assert_eq!(
            called("await invoke<JobView>('pause_job', { job })"),
            names(&["pause_job"])
        );
        assert_eq!(
            quoted_words("const COMMANDS: &[&str] = &[\"app\", \"x_y\"];", "COMMANDS"),
            names(&["app", "x_y"])
        );
    }

    #[test]
    fn a_command_that_one_list_lacks_is_named() {
        let faults = differences(
            &names(&["app", "licence"]),
            "permitted",
            &names(&["app", "format_disk"]),
        );
        assert_eq!(faults.len(), 2);
        assert!(faults[0].contains("licence") && faults[1].contains("format_disk"));
    }
}
