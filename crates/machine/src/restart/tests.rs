use super::*;

#[test]
fn only_what_a_person_installs_restarts_the_computer() {
    let stand_in = Some("/bin/true".to_owned());
    assert_eq!(door(false, stand_in.clone()), Door::System);
    assert_eq!(door(true, stand_in), Door::StandIn("/bin/true".into()));
    assert_eq!(door(true, None), Door::Nobody);
}

#[cfg(unix)]
#[test]
fn what_a_program_says_instead_of_restarting_is_the_reason() {
    let shell = |script: &str| run(Command::new("sh").args(["-c", script]));
    shell("exit 0").expect("done");
    let said = |refused: Result<()>| refused.expect_err("refused").to_string();
    let refusal = said(shell("printf '\\nsomebody else works here\\nmore' >&2; exit 1"));
    assert!(refusal.ends_with(": somebody else works here"), "{refusal}");
    let silent = said(shell("exit 3"));
    assert!(silent.contains('3'), "{silent}");
    let absent = said(run(&mut Command::new("/nowhere/at/all")));
    assert!(
        absent.starts_with("this computer could not be restarted"),
        "{absent}"
    );
}

#[cfg(target_os = "linux")]
mod on_a_bus_of_its_own {
    use super::super::system::{NAME, PATH, over};
    use std::io::{BufRead, BufReader};
    use std::process::{Child, Command, Stdio};
    use std::sync::atomic::{AtomicBool, Ordering};
    use zbus::{connection, fdo, interface};

    /// A message bus that nobody else is on.
    struct Bus {
        process: Child,
        address: String,
    }

    impl Bus {
        fn start() -> Self {
            let mut process = Command::new("dbus-daemon")
                .args(["--session", "--nofork", "--print-address=1"])
                .stdout(Stdio::piped())
                .spawn()
                .expect("dbus-daemon is installed");
            let mut address = String::new();
            let said = process.stdout.take().expect("a pipe");
            BufReader::new(said).read_line(&mut address).expect("an address");
            Self {
                process,
                address: address.trim().to_owned(),
            }
        }

        fn builder(&self) -> connection::Builder<'_> {
            connection::Builder::address(self.address.as_str())
        }
    }

    impl Drop for Bus {
        fn drop(&mut self) {
            self.process.kill().expect("ended");
            self.process.wait().expect("gone");
        }
    }

    /// What stands in for the system's keeper of sessions: it restarts nothing.
    struct Keeper {
        agrees: AtomicBool,
    }

    #[interface(name = "org.freedesktop.login1.Manager")]
    impl Keeper {
        fn reboot(&self, interactive: bool) -> fdo::Result<()> {
            assert!(interactive, "the person may be asked");
            match self.agrees.swap(true, Ordering::SeqCst) {
                true => Ok(()),
                false => Err(fdo::Error::AccessDenied("carl is signed in, too".to_owned())),
            }
        }
    }

    #[tokio::test]
    async fn the_systems_own_sentence_is_the_reason() {
        let bus = Bus::start();
        let nobody = over(bus.builder()).await.expect_err("nobody is there");
        assert!(nobody.to_string().contains(NAME), "{nobody}");
        let keeper = Keeper {
            agrees: AtomicBool::new(false),
        };
        let _keeper = bus
            .builder()
            .name(NAME)
            .serve_at(PATH, keeper)
            .build()
            .await
            .expect("a place on the bus");
        let refused = over(bus.builder()).await.expect_err("refused");
        assert!(
            refused.to_string().ends_with(": carl is signed in, too"),
            "{refused}"
        );
        over(bus.builder()).await.expect("restarted");
    }
}
