//! Whether a release could be started where it is to be installed.

use super::Plan;
use crate::error::Error;
use crate::staging;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::process;

impl Plan {
    /// Refuses a folder so deep that the system would not start the product's program there: found out only afterwards,
    /// everything would have to be installed again elsewhere.
    pub(super) fn must_be_startable(&self) -> Result<(), Error> {
        match (&self.manifest().launch, process::LONGEST_PROGRAM) {
            (Some(launch), Some(most)) => {
                let tree = self.root.releases().join(staging::name_of(self)?.as_str());
                judge(&self.order.root, tree.join(launch.program.as_str()), most)
            }
            _ => Ok(()),
        }
    }
}

/// `most` counts UTF-16 units, as the system does.
fn judge(folder: &Utf8Path, program: Utf8PathBuf, most: usize) -> Result<(), Error> {
    let letters = program.as_str().encode_utf16().count();
    match letters > most {
        true => Err(Error::TooDeep {
            folder: folder.to_owned(),
            program,
            excess: letters - most,
        }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_with_the_longest_path_is_still_started() {
        let folder = Utf8Path::new("/apps/ü");
        let judged = |name: &str, most| judge(folder, folder.join(name), most);
        assert!(judged("draft", 13).is_ok());
        let refused = judged("drafts", 13).expect_err("refused").to_string();
        assert!(
            refused.contains("`/apps/ü`") && refused.contains("1 letter"),
            "{refused}"
        );
    }
}
