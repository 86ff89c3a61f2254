//! Command lines for the tools that reach many computers. Each runs the checker with the signed rules and sends the report,
//! or leaves it on a share; none of them needs an installation.

use toolcrib_wire::api::readiness::ReadyCommand;

/// Where the pieces are.
pub(super) struct Places<'a> {
    pub(super) bundle_url: &'a str,
    pub(super) bundle_file: &'a str,
    pub(super) checkers_url: &'a str,
    /// The SHA-256 of the key that the rules are signed with: the checker takes no others.
    pub(super) key_id: &'a str,
}

/// The command lines, in the order in which pages show them.
pub(super) fn commands(places: &Places<'_>) -> Vec<ReadyCommand> {
    TOOLS
        .iter()
        .map(|(tool, name, note, text)| ReadyCommand {
            tool: (*tool).to_owned(),
            name: (*name).to_owned(),
            note: filled(note, places),
            text: filled(text, places),
        })
        .collect()
}

fn filled(text: &str, places: &Places<'_>) -> String {
    text.replace("{bundle_url}", places.bundle_url)
        .replace("{bundle_file}", places.bundle_file)
        .replace("{checkers_url}", places.checkers_url)
        .replace("{key_id}", places.key_id)
}

type Tool = (&'static str, &'static str, &'static str, &'static str);

const TOOLS: &[Tool] = &[
    (
        "intune",
        "Microsoft Intune",
        "Devices, Scripts and remediations, Platform scripts: a PowerShell script that runs with the signed-in person's rights.",
        "$folder = Join-Path $env:TEMP 'toolcrib-check'\n\
         New-Item -ItemType Directory -Force $folder | Out-Null\n\
         Invoke-WebRequest '{checkers_url}/windows-x86_64' -OutFile \"$folder\\toolcrib-check.exe\"\n\
         Invoke-WebRequest '{bundle_url}' -OutFile \"$folder\\{bundle_file}\"\n\
         & \"$folder\\toolcrib-check.exe\" --bundle \"$folder\\{bundle_file}\" --trust {key_id} --send\n\
         exit 0",
    ),
    (
        "sccm",
        "Configuration Manager (SCCM)",
        "A package without an installation, whose source folder holds toolcrib-check.exe and {bundle_file}; this is its program's command line.",
        "toolcrib-check.exe --bundle {bundle_file} --trust {key_id} --send",
    ),
    (
        "gpo",
        "Group Policy (GPO)",
        "User Configuration, Policies, Windows Settings, Scripts, Logon. Put both files and a folder for reports on a share that everybody can read and write.",
        "\\\\server\\share\\toolcrib-check.exe --bundle \\\\server\\share\\{bundle_file} --trust {key_id} --out \\\\server\\share\\reports",
    ),
    (
        "jamf",
        "Jamf Pro",
        "Settings, Computer management, Scripts; then a policy that runs it.",
        "#!/bin/sh\n\
         set -e\n\
         folder=$(mktemp -d)\n\
         curl -fsS '{checkers_url}/macos-aarch64' -o \"$folder/toolcrib-check\"\n\
         curl -fsS '{bundle_url}' -o \"$folder/{bundle_file}\"\n\
         chmod +x \"$folder/toolcrib-check\"\n\
         \"$folder/toolcrib-check\" --bundle \"$folder/{bundle_file}\" --trust {key_id} --send || true",
    ),
    (
        "ansible",
        "Ansible",
        "A play for Linux computers; exit statuses 0, 10 and 20 are pass, warnings and not ready.",
        "- hosts: workstations\n\
        \x20 tasks:\n\
        \x20   - ansible.builtin.get_url: { url: '{checkers_url}/linux-x86_64', dest: /tmp/toolcrib-check, mode: '0755' }\n\
        \x20   - ansible.builtin.get_url: { url: '{bundle_url}', dest: '/tmp/{bundle_file}' }\n\
        \x20   - ansible.builtin.command: /tmp/toolcrib-check --bundle /tmp/{bundle_file} --trust {key_id} --send\n\
        \x20     register: readiness\n\
        \x20     changed_when: false\n\
        \x20     failed_when: readiness.rc not in [0, 10, 20]",
    ),
    (
        "ssh",
        "Plain SSH",
        "One computer after the other, from a list of names in hosts.txt.",
        "while read -r host; do\n\
        \x20 ssh -n \"$host\" 'd=$(mktemp -d) && cd \"$d\" && curl -fsSO {checkers_url}/linux-x86_64 && curl -fsS {bundle_url} -o {bundle_file} && chmod +x linux-x86_64 && ./linux-x86_64 --bundle {bundle_file} --trust {key_id} --send'\n\
         done < hosts.txt",
    ),
    (
        "hand",
        "By hand, from a stick",
        "Both files side by side; the report is left beside them and is imported here later.",
        "./toolcrib-check --bundle {bundle_file} --trust {key_id} --out .",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_places_filled_in() {
        let places = Places {
            bundle_url: "https://crib.example/v1/readiness/checks/1/bundle",
            bundle_file: "readiness-autumn.json",
            checkers_url: "https://crib.example/v1/readiness/checkers",
            key_id: "0123456789abcdef",
        };
        let all = commands(&places);
        let tools: Vec<&str> = all.iter().map(|command| command.tool.as_str()).collect();
        assert_eq!(tools, ["intune", "sccm", "gpo", "jamf", "ansible", "ssh", "hand"]);
        for command in all {
            assert!(command.text.contains("readiness-autumn.json"), "{}", command.text);
            assert!(
                command.text.contains("--trust 0123456789abcdef"),
                "{}",
                command.text
            );
            assert!(
                !command.text.contains("_url}") && !command.text.contains("_file}"),
                "{}",
                command.text
            );
        }
    }
}
