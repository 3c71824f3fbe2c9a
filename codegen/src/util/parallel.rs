//! Runs jobs on several threads.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

/// How many threads so much work is worth, of which `enough` keeps one busy for some milliseconds: on a machine
/// with other things to do, a thread may take as long to start.
pub(crate) fn worth(work: usize, enough: usize) -> usize {
    // To ask how many there are reads files of the system, which takes longer than little work.
    if work < enough {
        return 1;
    }
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    processors.min(1 + work / enough)
}

/// What comes of each job, in the order of the jobs: so many are done at a time, by this thread and others.
pub(crate) fn side_by_side<J: Sync, R: Send>(
    threads: usize,
    jobs: &[J],
    run: impl Fn(&J) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else {
                return done;
            };
            done.push((index, run(job)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others = 1..threads.min(jobs.len());
        let others: Vec<_> = others.map(|_| scope.spawn(work)).collect();
        let mut done = work();
        let others = others.into_iter().map(ScopedJoinHandle::join);
        done.extend(others.flat_map(|others| others.expect("no job panics")));
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
