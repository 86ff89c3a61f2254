use super::*;

/// What is known of this computer when it has as much time as it needs, however busy it is.
fn patiently(question: &Question) -> Facts {
    let read = |group: Group, question: &Question| group.read(question);
    gather(&Group::ALL, question, Duration::from_secs(60), read)
}

fn asking(place: &str) -> Facts {
    patiently(&Question::about(Utf8Path::new(place)))
}

fn facts() -> Facts {
    asking("/tmp/not/there/yet")
}

#[test]
fn every_fact_of_the_computer_is_known_or_missed_with_a_reason() {
    let question = Question::about(Utf8Path::new("/tmp/not/there/yet"));
    let facts = probe(&question, &Isolation::Threads);
    for name in FactName::ALL.iter().filter(|name| name.subject().is_none()) {
        let fact = facts.fact(*name);
        assert_ne!(fact, Fact::Unknown("it was not read".to_owned()), "{name}");
        assert!(
            !matches!(fact, Fact::Unknown(reason) if reason.is_empty()),
            "{name}"
        );
    }
}

#[test]
fn every_group_answers_what_it_says_that_it_answers() {
    let question = Question::about(Utf8Path::new("/"));
    for group in Group::ALL {
        let read: BTreeSet<_> = group
            .read(&question)
            .into_iter()
            .map(|(key, _)| key.name())
            .collect();
        let whole = group.names().iter().filter(|name| name.subject().is_none());
        assert!(
            whole.into_iter().all(|name| read.contains(name)),
            "{group:?}: {read:?}"
        );
        assert!(
            read.iter().all(|name| group.names().contains(name)),
            "{group:?}: {read:?}"
        );
    }
}

fn gathered(limit: Duration, graphics: fn() -> Readings) -> Facts {
    let question = Question::about(Utf8Path::new("/"));
    gather(
        &[Group::Graphics, Group::System],
        &question,
        limit,
        move |group, question| match group {
            Group::Graphics => graphics(),
            other => other.read(question),
        },
    )
}

#[test]
fn a_group_that_hangs_is_missed_and_the_others_are_not() {
    fn hangs() -> Readings {
        loop {
            std::thread::park();
        }
    }
    // How soon the others answer depends on how busy the computer is.
    let others_are_known = [0.5_f32, 5.0, 60.0].into_iter().any(|limit_s| {
        let facts = gathered(Duration::from_secs_f32(limit_s), hangs);
        let missed = format!("within {limit_s} seconds");
        assert!(matches!(facts.fact(FactName::GpuNames), Fact::Unknown(reason) if reason.contains(&missed)));
        matches!(facts.fact(FactName::OsFamily), Fact::Known(_))
    });
    assert!(others_are_known);
}

#[test]
fn a_group_that_panics_is_missed() {
    let facts = gathered(Duration::from_secs(60), || panic!("a driver went mad"));
    assert!(matches!(facts.fact(FactName::GpuNames), Fact::Unknown(_)));
}

#[test]
fn what_was_late_and_is_wanted_is_asked_once_more_and_nothing_else() {
    let mut question = Question::about(Utf8Path::new("/"));
    question.wanted = [FactName::GpuNames, FactName::OsFamily, FactName::DiskFree]
        .map(FactKey::from)
        .into();
    let mut facts = Facts::new();
    facts.know(FactName::OsFamily, FactValue::Text("known".to_owned()));
    facts.miss(FactName::GpuNames, "too late");
    facts.miss(FactName::DiskFree, "too late");
    facts.miss(FactName::MemoryTotal, "too late, and not wanted");
    ask_again(
        &mut facts,
        &question,
        Duration::from_secs(60),
        |group, _| match group {
            Group::Graphics => vec![(FactName::GpuNames.into(), Ok(FactValue::Words(Vec::new())))],
            Group::Place => vec![(FactName::DiskFree.into(), Err("it cannot be read".to_owned()))],
            other => panic!("{other:?} has told all that is wanted"),
        },
    );
    let unknown = |reason: &str| Fact::Unknown(reason.to_owned());
    let known = |value| Fact::Known(value);
    assert_eq!(
        facts.fact(FactName::GpuNames),
        known(FactValue::Words(Vec::new()))
    );
    assert_eq!(facts.fact(FactName::DiskFree), unknown("too late"));
    assert_eq!(
        facts.fact(FactName::OsFamily),
        known(FactValue::Text("known".to_owned()))
    );
    assert_eq!(
        facts.fact(FactName::MemoryTotal),
        unknown("too late, and not wanted")
    );
}

#[test]
fn facts_about_named_things_are_read_when_they_are_wanted() {
    let mut question = Question::about(Utf8Path::new("/"));
    let keys = [
        "path.present:/no/such/path",
        "process.running:no-such-program",
        "runtime.present:java",
    ];
    let keys = keys.map(|raw| raw.parse::<FactKey>().expect("a key"));
    question.wanted = keys.clone().into();
    let facts = patiently(&question);
    assert_eq!(facts.fact(&keys[0]), Fact::Known(FactValue::Flag(false)));
    assert!(matches!(facts.fact(&keys[2]), Fact::Known(FactValue::Flag(_))));
    let elsewhere: FactKey = "network.dns:host.example".parse().expect("a key");
    question.wanted = BTreeSet::from([elsewhere.clone()]);
    let facts = patiently(&question);
    assert_eq!(
        facts.fact(&elsewhere),
        Fact::Unknown("it was not asked for".to_owned())
    );
}

#[cfg(target_os = "linux")]
mod linux {
    use super::*;

    fn number(name: FactName) -> u64 {
        match facts().fact(name) {
            Fact::Known(FactValue::Bytes(number) | FactValue::Number(number)) => number,
            other => panic!("{name}: {other:?}"),
        }
    }

    fn file(path: &str) -> String {
        std::fs::read_to_string(path).expect("readable")
    }

    fn kib(text: &str, key: &str) -> u64 {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(key))
            .expect("the line");
        line.trim()
            .trim_end_matches(" kB")
            .parse::<u64>()
            .expect("a number")
            * 1024
    }

    #[test]
    fn memory_agrees_with_the_kernel() {
        let table = file("/proc/meminfo");
        let (total, swap) = (kib(&table, "MemTotal:"), kib(&table, "SwapTotal:"));
        let read = number(FactName::MemoryTotal);
        assert!(read > 0 && read <= total, "{read} of {total}");
        assert!(number(FactName::MemoryAvailable) <= total);
        assert_eq!(number(FactName::SwapTotal), swap);
    }

    #[test]
    fn processors_agree_with_the_kernel() {
        let all = file("/proc/cpuinfo")
            .lines()
            .filter(|line| line.starts_with("processor"))
            .count() as u64;
        assert!((1..=all).contains(&number(FactName::CpuThreads)));
        assert!((1..=all).contains(&number(FactName::CpuCores)));
    }

    #[test]
    fn versions_agree_with_the_kernel_and_the_c_library() {
        let facts = facts();
        let kernel = padded_version(&file("/proc/sys/kernel/osrelease")).expect("a version");
        assert_eq!(
            facts.fact(FactName::KernelVersion),
            Fact::Known(FactValue::Version(kernel))
        );
        if cfg!(target_env = "gnu") {
            let least = toolcrib_model::Version::new(2, 17, 0);
            assert!(
                matches!(facts.fact(FactName::LibcVersion), Fact::Known(FactValue::Version(found)) if found > least)
            );
        }
    }

    #[test]
    fn the_disk_is_that_of_the_nearest_folder_that_exists() {
        let free = number(FactName::DiskFree);
        assert!(free > 0 && free <= number(FactName::DiskTotal));
        assert_eq!(
            facts().fact(FactName::DiskWritable),
            Fact::Known(FactValue::Flag(true))
        );
        let sealed = asking("/proc/self/x");
        assert_ne!(
            sealed.fact(FactName::DiskWritable),
            Fact::Known(FactValue::Flag(true))
        );
        assert_eq!(
            sealed.fact(FactName::DiskFileSystem),
            Fact::Known(FactValue::Text("proc".to_owned()))
        );
    }
}
