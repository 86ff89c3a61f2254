use super::*;

fn name() -> PackageName {
    PackageName {
        product: "sample-studio".parse().expect("an id"),
        version: "1.2.0-rc.1+build.7".parse().expect("a version"),
        platform: toolcrib_model::Platform::LinuxX86_64,
        language: "pt-BR".parse().expect("a language"),
    }
}

fn script(server: &str) -> Script {
    Script::new(&name(), server, "tcd_ticket", Digest::of(b"root"))
}

/// The longest things that a service may be called.
const HOSTILE: [&str; 3] = [
    "https://crib.example/it's/$(touch here)",
    "https://crib.example/`touch here`/\"«ticket»\"",
    "https://crib.example/‘; touch here; ’",
];

#[test]
fn every_place_of_a_script_is_filled() {
    for shell in Shell::ALL {
        let text = shell.script(&script("https://crib.example"));
        assert!(!text.contains('«') && !text.contains('»'), "{text}");
        for value in [
            "'https://crib.example/v1/products/sample-studio/releases/1.2.0-rc.1+build.7/linux-x86_64/pt-BR/'",
            "'tcd_ticket'",
            "'sample-studio-1.2.0-rc.1+build.7-linux-x86_64-pt-BR'",
            "install sample-studio --version 1.2.0-rc.1+build.7 --language pt-BR'",
            &format!("'{}'", Digest::of(b"root")),
        ] {
            assert!(text.contains(value), "{value} is not in {text}");
        }
    }
}

#[test]
fn the_script_for_powershell_is_ascii_whatever_the_service_is_called() {
    for server in HOSTILE {
        let text = Shell::PowerShell.script(&script(server));
        assert!(text.is_ascii(), "{text}");
    }
    let text = Shell::PowerShell.script(&script(HOSTILE[0]));
    assert!(
        text.contains("$Address = 'https://crib.example/it''s/$(touch here)/v1/"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn a_shell_reads_the_script_whatever_the_service_is_called_and_runs_nothing_of_the_name() {
    use std::process::Command;
    for server in HOSTILE {
        let folder = tempfile::tempdir().expect("a folder");
        let text = Shell::Posix.script(&script(server));
        // Without a `PATH` it stops as soon as it has taken its values.
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &text]).current_dir(folder.path());
        let ended = shell.env("PATH", "").output().expect("a shell");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(said.contains("curl is needed"), "{said}");
        assert_eq!(
            fs_err::read_dir(folder.path()).expect("lists").count(),
            0,
            "{server}"
        );
    }
}

#[test]
fn addresses_carry_the_ticket_and_the_commands_can_be_pasted() {
    let script = script("https://crib.example");
    assert_eq!(
        script.url("catalogue/server"),
        "https://crib.example/v1/products/sample-studio/releases/1.2.0-rc.1+build.7/linux-x86_64/pt-BR/catalogue/server?ticket=tcd_ticket"
    );
    let folder = "sample-studio-1.2.0-rc.1+build.7-linux-x86_64-pt-BR";
    let root = Digest::of(b"root");
    assert_eq!(
        script.install_command(),
        format!(
            "toolcrib --server https://crib.example install sample-studio --version 1.2.0-rc.1+build.7 \
             --language pt-BR --from {folder} --trust {root}"
        )
    );
    let [posix, power] = Shell::ALL.map(|shell| shell.told(&script));
    assert_eq!(posix.run_command, format!("sh ./{folder}.sh"));
    assert!(
        posix
            .fetch_command
            .ends_with(&format!("&& {}", posix.run_command))
    );
    assert_eq!(
        power.run_command,
        format!("powershell -ExecutionPolicy Bypass -File .\\{folder}.ps1")
    );
    assert!(power.fetch_command.ends_with(&format!("; {}", power.run_command)));
}

#[test]
fn a_script_is_found_by_its_name_and_nothing_else_is_one() {
    assert_eq!(Shell::of_file("download.sh"), Some(Shell::Posix));
    assert_eq!(Shell::of_file("download.ps1"), Some(Shell::PowerShell));
    assert_eq!(Shell::of_file("download.exe"), None);
}
