//! CPU time from /proc, in steps of a hundredth of a second.

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
