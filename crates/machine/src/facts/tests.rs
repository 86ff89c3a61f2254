use super::*;
use toolcrib_model::Fact;

fn facts() -> Facts {
    probe(Utf8Path::new("/tmp/not/there/yet"))
}

#[test]
fn every_fact_is_known_or_missed_with_a_reason() {
    let facts = facts();
    let read: Vec<_> = facts.iter().map(|(key, _)| key.name()).collect();
    let whole = FactName::ALL.iter().filter(|name| name.subject().is_none());
    assert_eq!(read, whole.copied().collect::<Vec<_>>());
    for (name, fact) in facts.iter() {
        assert!(
            !matches!(fact, Fact::Unknown(reason) if reason.is_empty()),
            "{name}"
        );
    }
}

#[test]
fn a_group_that_hangs_is_missed_and_the_others_are_not() {
    let hanging = Group {
        names: &[FactName::GpuNames],
        read: |_| {
            std::thread::sleep(Duration::from_secs(5));
            vec![]
        },
    };
    let start = Instant::now();
    let facts = gather(
        &[hanging, system::GROUP],
        Utf8Path::new("/"),
        Duration::from_millis(700),
    );
    assert!(start.elapsed() < Duration::from_secs(2));
    assert!(
        matches!(facts.fact(FactName::GpuNames), Fact::Unknown(reason) if reason.contains("within 0.7 seconds"))
    );
    assert!(matches!(facts.fact(FactName::OsFamily), Fact::Known(_)));
}

#[test]
fn a_group_that_panics_is_missed() {
    let broken = Group {
        names: &[FactName::GpuNames],
        read: |_| panic!("a driver went mad"),
    };
    let facts = gather(&[broken], Utf8Path::new("/"), Duration::from_millis(200));
    assert!(matches!(facts.fact(FactName::GpuNames), Fact::Unknown(_)));
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
        let sealed = probe(Utf8Path::new("/proc/self/x"));
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
