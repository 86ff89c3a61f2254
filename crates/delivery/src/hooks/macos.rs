//! The places where macOS looks for what belongs to one person. What opens which files and links, it learns from
//! applications themselves; variables of all programs have no place there.

use super::Ground;
use crate::outside::{XML, in_xml};
use toolcrib_wire::hook::Hook;
use toolcrib_wire::receipt::OutsideRoot;

/// What a hook comes to, or why it is left out.
pub(super) fn made(ground: &Ground<'_>, hook: &Hook) -> Result<Vec<OutsideRoot>, &'static str> {
    match hook {
        Hook::Font { file } => {
            let name = format!("{}-{}", ground.id(""), file.as_str().replace('/', "-"));
            Ok(vec![OutsideRoot::Copy {
                path: ground.person.fonts.join(name).into_string(),
                from: ground.tree.join(file.as_str()).into_string(),
            }])
        }
        Hook::Service {
            name,
            program,
            arguments,
        } => {
            let agents = ground.person.services.as_ref();
            let agents = agents.ok_or("there is no place for it here")?;
            let id = ground.id(name);
            let program = ground.tree.join(program.as_str());
            let words = std::iter::once(program.as_str()).chain(arguments.iter().map(String::as_str));
            Ok(vec![OutsideRoot::Text {
                path: agents.join(format!("{id}.plist")).into_string(),
                text: agent(&id, words),
            }])
        }
        Hook::Variable { .. } | Hook::Path { .. } | Hook::Association { .. } | Hook::Scheme { .. } => {
            Err("this is not supported on this system yet")
        }
        // Drafted the same on every system.
        Hook::Script { .. } => Ok(Vec::new()),
    }
}

/// A program that is started at sign-in, and again where it fails.
fn agent<'a>(id: &str, words: impl Iterator<Item = &'a str>) -> String {
    let words: String = words
        .map(|word| format!("\t\t<string>{}</string>\n", in_xml(word)))
        .collect();
    format!(
        "{XML}version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n\
         <dict>\n\
         \t<key>Label</key>\n\
         \t<string>{id}</string>\n\
         \t<key>ProgramArguments</key>\n\
         \t<array>\n\
         {words}\
         \t</array>\n\
         \t<key>RunAtLoad</key>\n\
         \t<true/>\n\
         \t<key>KeepAlive</key>\n\
         \t<dict>\n\
         \t\t<key>SuccessfulExit</key>\n\
         \t\t<false/>\n\
         \t</dict>\n\
         </dict>\n\
         </plist>\n"
    )
}
