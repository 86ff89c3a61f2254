//! The first pass: the digest of every file, on all cores.

use crate::Error;
use crate::input::{Input, InputFile};
use crate::progress::Watch;
use std::io::Read as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use toolcrib_model::{Digest, Hasher, RelPath};

const BUFFER_BYTES: usize = 256 << 10;

/// The digests of `files`, in their order.
pub(super) fn all(
    input: &Input,
    files: &[&InputFile],
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<Digest>, Error> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(vec![None; files.len()]);
    let work = || -> Result<(), Error> {
        let mut buffer = vec![0; BUFFER_BYTES];
        while let Some((place, file)) = claim(&next, files) {
            let digest = one(input, file, &mut buffer, watch)?;
            found.lock().unwrap_or_else(|broken| broken.into_inner())[place] = Some(digest);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })?;
    let found = found.into_inner().unwrap_or_else(|broken| broken.into_inner());
    let missing = |place: usize| Error::Changed {
        path: files[place].path.clone(),
    };
    found
        .into_iter()
        .enumerate()
        .map(|(place, digest)| digest.ok_or_else(|| missing(place)))
        .collect()
}

fn claim<'a>(next: &AtomicUsize, files: &[&'a InputFile]) -> Option<(usize, &'a InputFile)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    files.get(place).map(|file| (place, *file))
}

fn one(input: &Input, file: &InputFile, buffer: &mut [u8], watch: &dyn Watch) -> Result<Digest, Error> {
    let mut content = input.read(file)?;
    let mut hasher = Hasher::new();
    let mut size = 0;
    loop {
        match content
            .read(buffer)
            .map_err(|source| failed(&file.path, source))?
        {
            0 => break,
            count => {
                hasher.update(&buffer[..count]);
                size += count as u64;
                watch.advance(count as u64);
            }
        }
    }
    if size == file.size {
        Ok(hasher.finish())
    } else {
        Err(Error::Changed {
            path: file.path.clone(),
        })
    }
}

pub(super) fn failed(path: &RelPath, source: std::io::Error) -> Error {
    Error::Read {
        path: path.as_str().into(),
        source,
    }
}
