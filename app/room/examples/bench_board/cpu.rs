//! CPU time from /proc, in steps of a hundredth of a second, and how often threads slept.

use std::{fs, time::Duration};

const TICK: Duration = Duration::from_millis(10);

pub fn of_this_process() -> Duration {
    of("self").expect("no /proc")
}

/// `None` for a process that is gone.
pub fn of(pid: &str) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold spaces: count from behind it.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u32 = fields[11].parse::<u32>().ok()? + fields[12].parse::<u32>().ok()?;
    Some(TICK * ticks)
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
