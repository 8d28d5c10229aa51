//! What the exchange and the stores must reach, as figures and ratios in one run, each beside the bare thing. The figures
//! and the peers' stand in docs/benchmarks.md.
//!
//! `cargo bench -p daiban-tests --bench goals -- save merge` runs some of them. `DAIBAN_CASES=1000,10000` sets the sizes of
//! a township's year; the largest is the one that is copied, merged and weighed. `DAIBAN_LISTED=10000,1000000` sets how many cases
//! are listed, `DAIBAN_REBUILT` how many are projected anew.
#![allow(clippy::unwrap_used)]

mod concurrent;
mod disk;
mod exchange;
mod fold;
mod forms;
mod goal;
mod guess;
mod hub;
mod idle;
mod line;
mod list;
mod memory;
mod merge;
mod peers;
mod rebuild;
mod save;
mod year;

use goal::Goals;

/// One row of the goals: takes its figures and says what they are.
type Row = fn(&mut Goals);

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if memory::child(&arguments) {
        return;
    }
    let rows: [(&str, Row); 14] = [
        ("fold", fold::run),
        ("save", save::run),
        ("list", list::run),
        ("rebuild", rebuild::run),
        ("exchange", exchange::run),
        ("idle", idle::run),
        ("hub", hub::run),
        ("merge", merge::run),
        ("disk", disk::run),
        ("line", line::run),
        ("memory", memory::run),
        ("concurrent", concurrent::run),
        ("forms", forms::run),
        ("guess", guess::run),
    ];
    let mut goals = Goals::default();
    for (name, run) in rows {
        if arguments.is_empty() || arguments.iter().any(|argument| argument == name) {
            println!("\n{name}");
            run(&mut goals);
        }
    }
    goals.print();
}

/// The sizes of a township's year, in cases, smallest first.
fn sizes() -> Vec<u64> {
    set("DAIBAN_CASES", "1000,10000")
}

/// The numbers that a variable of the environment sets, smallest first.
fn set(name: &str, usual: &str) -> Vec<u64> {
    let named = std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    let mut sizes: Vec<u64> = named.split(',').map(|size| size.trim().parse().unwrap()).collect();
    sizes.sort_unstable();
    sizes
}

fn largest() -> u64 {
    sizes().pop().unwrap()
}
