//! A figure and what it should be.

use std::time::{Duration, Instant};

#[derive(Default)]
pub struct Goals(Vec<String>);

impl Goals {
    pub fn at_most(&mut self, what: &str, figure: f64, goal: f64, unit: &str) {
        self.note(what, figure, "≤", goal, unit, figure <= goal);
    }

    pub fn at_least(&mut self, what: &str, figure: f64, goal: f64, unit: &str) {
        self.note(what, figure, "≥", goal, unit, figure >= goal);
    }

    fn note(&mut self, what: &str, figure: f64, sign: &str, goal: f64, unit: &str, reached: bool) {
        let shown = |number: f64| {
            let digits = if ["×", "kB", "s", "ms"].contains(&unit) { 2 } else { 0 };
            format!("{number:.digits$}{}{unit}", if unit.is_empty() { "" } else { " " })
        };
        let mark = if reached { "reached" } else { "  short" };
        let line = format!("{mark}  {what}: {} ({sign} {})", shown(figure), shown(goal));
        println!("  {line}");
        self.0.push(line);
    }

    pub fn print(&self) {
        println!("\nall goals");
        self.0.iter().for_each(|line| println!("  {line}"));
    }
}

/// What a piece of work took, by the clock and of the processor. On a machine that does other things besides, the second
/// is the one to compare.
#[derive(Clone, Copy, Default)]
pub struct Took {
    pub wall: Duration,
    pub cpu: Duration,
}

impl Took {
    /// Of work that stays on this thread.
    pub fn by<T>(work: impl FnOnce() -> T) -> (T, Self) {
        let (wall, cpu) = (Instant::now(), thread_cpu());
        let outcome = work();
        (outcome, Self { wall: wall.elapsed(), cpu: thread_cpu() - cpu })
    }

    pub fn add(&mut self, other: Self) {
        self.wall += other.wall;
        self.cpu += other.cpu;
    }

    /// How often `self` fits into `other`.
    pub fn ratio(self, other: Self) -> f64 {
        other.cpu.as_secs_f64() / self.cpu.as_secs_f64()
    }
}

impl std::fmt::Display for Took {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} s of processor, {:.2} s", self.cpu.as_secs_f64(), self.wall.as_secs_f64())
    }
}

/// What something took, each time it was done.
#[derive(Default)]
pub struct Times(Vec<Took>);

impl Times {
    pub fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (outcome, took) = Took::by(work);
        self.0.push(took);
        outcome
    }

    /// What so many of a hundred took of the processor at the most, in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        self.least_of(percent, |took| took.cpu)
    }

    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// By the clock: for work that waits for the disk.
    pub fn median_wall(&self) -> f64 {
        self.least_of(50, |took| took.wall)
    }

    fn least_of(&self, percent: usize, what: impl Fn(&Took) -> Duration) -> f64 {
        let mut times: Vec<Duration> = self.0.iter().map(what).collect();
        times.sort();
        times[(times.len() * percent).div_ceil(100).max(1) - 1].as_secs_f64() * 1e3
    }
}

/// How long this thread has been running.
fn thread_cpu() -> Duration {
    let since = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(since.tv_sec as u64, since.tv_nsec as u32)
}
