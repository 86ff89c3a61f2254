//! Lists of entries with `;` between them, as the search path of a person is.

/// The list with an entry before all others. Each list that there can be becomes another one, so that [`without`] brings
/// back exactly the one that was there.
pub(super) fn with(list: Option<&str>, entry: &str) -> String {
    match list {
        None => entry.to_owned(),
        Some(list) if place(list, entry).is_some() => list.to_owned(),
        Some(list) => format!("{entry};{list}"),
    }
}

/// The list without the entry: `Some(None)` where nothing else was ever in it, `None` where the entry is not there.
pub(super) fn without(list: &str, entry: &str) -> Option<Option<String>> {
    let found = place(list, entry)?;
    let mut entries: Vec<&str> = list.split(';').collect();
    entries.remove(found);
    Some((!entries.is_empty()).then(|| entries.join(";")))
}

fn place(list: &str, entry: &str) -> Option<usize> {
    list.split(';')
        .position(|known| known.eq_ignore_ascii_case(entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_and_taken_away_leaves_the_list_as_it_was() {
        for list in [
            None,
            Some(""),
            Some(";"),
            Some(r"C:\a"),
            Some(r"%USERPROFILE%\bin;;C:\a b;"),
        ] {
            let longer = with(list, r"D:\draft");
            assert!(longer.starts_with(r"D:\draft"), "{longer}");
            assert_eq!(with(Some(&longer), r"d:\Draft"), longer, "again");
            assert_eq!(without(&longer, r"D:\draft"), Some(list.map(str::to_owned)));
            assert_eq!(list.and_then(|list| without(list, r"D:\draft")), None, "again");
        }
    }

    #[test]
    fn what_others_add_meanwhile_stays() {
        let list = format!(r"C:\new;{};C:\newer", with(Some(r"C:\a"), r"D:\draft"));
        assert_eq!(
            without(&list, r"D:\draft"),
            Some(Some(r"C:\new;C:\a;C:\newer".to_owned()))
        );
        assert_eq!(
            without(r"D:\draft;C:\newer", r"D:\draft"),
            Some(Some(r"C:\newer".to_owned()))
        );
    }
}
