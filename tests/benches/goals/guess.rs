//! What one guess of a password costs whoever has copied a folder: the cost that this machine sets itself, and the floor.

use crate::goal::Goals;
use daiban_domain::PersonId;
use daiban_exchange::sealed::Cost;
use daiban_replica::store::{
    DatabaseKey,
    key::{Login, NewUser, seal::Pair},
};
use std::{fs, time::Instant};

const GUESSES: u32 = 5;

pub fn run(goals: &mut Goals) {
    let begun = Instant::now();
    let calibrated = Cost::calibrated().unwrap();
    let Cost { memory_kib, passes, lanes } = calibrated;
    println!(
        "  calibrated in {:.2} s: {} MiB, {passes} passes, {lanes} lane",
        begun.elapsed().as_secs_f64(),
        memory_kib / 1024
    );
    let floor = guess(Cost::FLOOR);
    println!("  one guess at the floor of 19 MiB, two passes: {:.1} ms", floor * 1000.0);
    goals.at_least("one guess on a copied folder", guess(calibrated), 0.35, "s");
}

/// Seconds that a wrong password takes, on a folder with nothing but its key file: the best of some, as a thief has it.
fn guess(cost: Cost) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let recovery = daiban_replica::store::key::seal::Pair::draw().recipient();
    let person = PersonId([1; 8]);
    let user = NewUser { person, name: "李秀兰", password: "杏花开了去赶集", pair: &Pair::draw() };
    drop(DatabaseKey::create(folder.path(), Some(user), &recovery, || Ok(cost)).unwrap());
    let copied = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join("database.key"), copied.path().join("database.key")).unwrap();
    let once = |n: u32| {
        let begun = Instant::now();
        let guessed = format!("猜的第{n}次");
        let login = Login { person: Some(person), password: &guessed };
        assert!(DatabaseKey::load(copied.path(), Some(login)).is_err());
        begun.elapsed().as_secs_f64()
    };
    (0..GUESSES).map(once).fold(f64::INFINITY, f64::min)
}
