//! CPU time from /proc, in nanoseconds, and how often threads slept.

use std::{fs, time::Duration};

pub fn of_this_process() -> Duration {
    of("self").expect("no /proc")
}

/// `None` for a process that is gone.
pub fn of(pid: &str) -> Option<Duration> {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).ok()?;
    let spent = threads.filter_map(|thread| {
        let told = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        told.split_whitespace().next()?.parse::<u64>().ok()
    });
    Some(Duration::from_nanos(spent.sum()))
}

/// How often a thread of ours went to sleep for want of work.
pub fn wakes_of_this_process() -> i64 {
    let threads = fs::read_dir("/proc/self/task").expect("no /proc");
    threads
        .filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("status")).ok())
        .filter_map(|status| {
            let count = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            count.trim().parse::<i64>().ok()
        })
        .sum()
}
