//! What arrives in many pages is projected together, and nothing but its rows is late.

use crate::convergence::DESKS;
use daiban_contract::ask;
use daiban_desk::Desk;
use daiban_domain::{Instant, UnitCode};
use daiban_exchange::{Log, Run, Vector, engine, page};
use daiban_replica::{Replica, ReplicaError, document};
use daiban_testkit::{County, Line, at, workload};

const CASES: u64 = 250;
/// More than a first page or two bring.
const MANY: u64 = 600;

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

fn village() -> UnitCode {
    "621099100200".parse().unwrap()
}

fn total(desk: &Desk) -> u64 {
    desk.cases(ask::Cases::default(), minute(0)).unwrap().total
}

/// Takes in runs as one page, of which more is said to follow or not.
fn take(replica: &mut Replica, runs: &[Run], more: bool) {
    let unit = replica.identity().unit;
    let taken = replica.intake(|log| {
        if more {
            log.more_follows();
        }
        let page = page::write(log, runs, &Vector::default())?;
        let runs = page::read(log, &page).map_err(|_| ReplicaError::Column("page"))?;
        engine::take(log, &runs, unit)
    });
    assert_eq!(taken.unwrap().refused, []);
}

#[tokio::test]
async fn rows_wait_for_the_last_page_and_are_then_what_they_would_have_been() {
    let county = County::new().await;
    for name in DESKS {
        county.exchange(&county.desk(name), minute(-60)).await.unwrap();
    }
    let mut author = county.replica("village");
    let ids = workload::year(&mut author, village(), CASES, 7, at("01-05T08:00"));
    author.checkpoint().unwrap();
    let runs = author.intake(|log| {
        let ours = log.vector(village())?;
        engine::missing(log, &ours, &Vector::default(), usize::MAX)
    });
    let runs: Vec<Run> =
        runs.unwrap().into_iter().filter(|run| run.feed.partition.unit == village()).collect();
    assert!(runs.len() > 3, "{}", runs.len());
    let (first, rest) = runs.split_at(runs.len() / 2);

    let window = county.desk("township");
    let mut township = county.replica("township");
    take(&mut township, first, true);
    assert_eq!(total(&window), 0, "as if it were still on its way");
    assert_eq!(township.verify().unwrap(), [], "what is late is not wrong");
    // Killed here, and opened again.
    assert!(total(&county.desk("township")) > 0);

    // Somebody writes in between: to the document as it is now.
    take(&mut township, &rest[..1], true);
    let partition = daiban_exchange::Partition::work(village(), 2026);
    let row = document::find(township.db(), ids[0], partition).unwrap().unwrap();
    let edited = township.commit(minute(1), |writing| {
        let mut case = writing.load(row)?;
        writing.edit(&mut case, |edit| {
            edit.put("applicant.phone", "18612340000");
            Ok::<_, ReplicaError>(())
        })
    });
    edited.unwrap();
    take(&mut township, &rest[1..], false);
    assert_eq!(total(&window), CASES);
    let question = ask::Cases { search: Some("18612340000".to_owned()), ..ask::Cases::default() };
    assert_eq!(window.cases(question, minute(2)).unwrap().total, 1);
    assert_eq!(township.verify().unwrap(), []);

    // The county takes page by page, and comes to the same.
    let mut top = county.replica("county");
    runs.chunks(1).for_each(|run| take(&mut top, run, false));
    for (name, n) in [("township", 3), ("county", 4), ("township", 5)] {
        county.exchange(&county.desk(name), minute(n)).await.unwrap();
    }
    assert_eq!(township.digest().unwrap(), top.digest().unwrap());
}

#[tokio::test]
async fn what_came_before_the_line_broke_shows() {
    let county = County::new().await;
    let mut author = county.replica("village");
    workload::year(&mut author, village(), MANY, 7, at("01-05T08:00"));
    county.exchange(&county.desk("village"), minute(0)).await.unwrap();
    let township = county.desk("township");
    let line = Line::to(&county.url).await;
    // A page or two get through.
    line.cut_for_good_after(1_500);
    assert!(township.exchange_at(&line.url, minute(1)).await.is_err());
    let shown = total(&township);
    assert!(0 < shown && shown < MANY, "{shown}");
    assert_eq!(county.replica("township").verify().unwrap(), []);
    county.exchange(&township, minute(2)).await.unwrap();
    assert_eq!(total(&township), MANY);
}
