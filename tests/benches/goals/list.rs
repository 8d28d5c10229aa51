//! Opening and searching a county's list of cases, each question against the barest SQL that answers it from the same file, the two
//! in turns. The rows of the list are written without documents behind them; the desk's own code indexes and counts them.

use crate::{
    goal::{Goals, Times},
    set,
};
use daiban_contract::ask;
use daiban_desk::Desk;
use daiban_domain::{
    DocumentId, Instant, UnitCode,
    case::{Order, State},
};
use daiban_replica::{Replica, ReplicaError, case};
use daiban_testkit::{
    County, at,
    workload::{Dice, id_no, name, phone},
};
use rusqlite::{Connection, ToSql, params, types::Value};
use std::hint::black_box;

const ROUNDS: u64 = 200;
/// What is held to bare SQL, and to itself at another size.
const HELD: [&str; 4] = ["the newest 50 of all", "two characters of a name", "pinyin initials", "a number"];
/// Rows that go into the index together.
const SOME: u64 = 20_000;
/// Three years.
const SPAN_MS: i64 = 3 * 365 * 86_400_000;

pub fn run(goals: &mut Goals) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut before: Option<Vec<(&str, f64)>> = None;
    for cases in set("DAIBAN_LISTED", "10000,1000000") {
        let county = runtime.block_on(County::new());
        let mut replica = county.replica("county");
        fill(&mut replica, cases);
        println!("  {cases} cases");
        let medians = ask_all(goals, &county.desk("county"), replica.db(), cases);
        for ((what, now), (_, was)) in medians.iter().zip(before.iter().flatten()) {
            println!("    {what}: {:.2} × what it took at the size before", now / was);
            if HELD.contains(what) {
                goals.at_most(&format!("{what}, {cases} cases, to fewer"), now / was, 1.5, "×");
            }
        }
        before = Some(medians);
    }
}

/// A question: how the list asks it, and the barest statement with the same answer.
struct Question {
    what: &'static str,
    ours: Box<dyn Fn(&Connection)>,
    bare: &'static str,
    params: Vec<Box<dyn ToSql>>,
}

fn ask_all(goals: &mut Goals, desk: &Desk, db: &Connection, cases: u64) -> Vec<(&'static str, f64)> {
    let mut times: Vec<(&str, Times, Times)> = Vec::new();
    let mut dice = Dice::new(7);
    let (mut page, mut home) = (Times::default(), Times::default());
    for round in 0..ROUNDS {
        for (i, question) in questions(db, cases, &mut dice).into_iter().enumerate() {
            if round == 0 {
                times.push((question.what, Times::default(), Times::default()));
            }
            let (_, ours, bare) = &mut times[i];
            // Neither is always the first to read the pages.
            if round % 2 == 0 {
                ours.take(|| (question.ours)(db));
            }
            bare.take(|| bare_rows(db, &question));
            if round % 2 == 1 {
                ours.take(|| (question.ours)(db));
            }
        }
        let now = at("12-30T09:00");
        page.take(|| desk.cases(ask::Cases::default(), now).unwrap());
        home.take(|| desk.home(ask::Home {}, now).unwrap());
    }
    for (what, ours, bare) in &times {
        println!(
            "    {what}: {:.2} ms, p95 {:.2} ms; bare {:.2} ms, p95 {:.2} ms",
            ours.median(),
            ours.percentile(95),
            bare.median(),
            bare.percentile(95)
        );
        let ratio = ours.median() / bare.median();
        goals.at_most(&format!("{what}, {cases} cases, p95"), ours.percentile(95), 20.0, "ms");
        if HELD.contains(what) {
            goals.at_most(&format!("{what}, {cases} cases, to bare SQL"), ratio, 1.3, "×");
        }
    }
    let whole = [("the page of all cases", page), ("the first page", home)];
    for (what, times) in &whole {
        println!("    {what}: {:.2} ms, p95 {:.2} ms", times.median(), times.percentile(95));
        goals.at_most(&format!("{what}, {cases} cases, p95"), times.percentile(95), 20.0, "ms");
    }
    let times = times.iter().map(|(what, ours, _)| (*what, ours.median()));
    times.chain(whole.iter().map(|(what, times)| (*what, times.median()))).collect()
}

fn bare_rows(db: &Connection, question: &Question) {
    let mut statement = db.prepare_cached(question.bare).unwrap();
    let columns = statement.column_count();
    let params: Vec<&dyn ToSql> = question.params.iter().map(|param| &**param).collect();
    let mut rows = statement.query(&params[..]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        (0..columns).for_each(|column| {
            black_box(row.get::<_, Value>(column).unwrap());
        });
    }
}

fn listed(
    what: &'static str,
    filter: case::Filter,
    bare: &'static str,
    params: Vec<Box<dyn ToSql>>,
) -> Question {
    let ours = Box::new(move |db: &Connection| {
        black_box(case::list(db, &filter).unwrap());
    });
    Question { what, ours, bare, params }
}

fn found(what: &'static str, unit: Option<UnitCode>, text: String, tokens: String) -> Question {
    let filter = case::Filter { limit: 50, unit, ..case::Filter::default() };
    let ours = Box::new(move |db: &Connection| {
        black_box(case::search(db, &filter, &text).unwrap());
    });
    let mut params: Vec<Box<dyn ToSql>> = vec![Box::new(tokens)];
    params.extend(unit.map(|unit| Box::new(unit.prefix()) as Box<dyn ToSql>));
    let bare =
        if unit.is_some() { include_str!("list/found_in.sql") } else { include_str!("list/found.sql") };
    Question { what, ours, bare, params }
}

fn questions(db: &Connection, cases: u64, dice: &mut Dice) -> Vec<Question> {
    let page = || case::Filter { limit: 50, ..case::Filter::default() };
    let of =
        |states: &[State], unit: Option<UnitCode>| case::Filter { states: states.to_vec(), unit, ..page() };
    let (village, township) = (village(dice.below(240)), village(dice.below(240)).parent().unwrap());
    let (name, number) = somebody(db, dice);
    let two: String = name.chars().take(2).collect();
    let initials = daiban_domain::pinyin::name_initials(&name);
    let offset = (cases / 4).min(5_000) as u32;
    vec![
        listed("the newest 50 of all", page(), include_str!("list/newest.sql"), vec![Box::new(0)]),
        listed(
            "a page deep in",
            case::Filter { offset, ..page() },
            include_str!("list/newest.sql"),
            vec![Box::new(offset)],
        ),
        listed(
            "a queue of two states",
            of(&[State::Accepted, State::InReview], None),
            include_str!("list/queue.sql"),
            Vec::new(),
        ),
        listed(
            "a township's",
            of(&[], Some(township)),
            include_str!("list/units.sql"),
            vec![Box::new(township.prefix())],
        ),
        listed(
            "a village's queue",
            of(&[State::Accepted], Some(village)),
            include_str!("list/village.sql"),
            vec![Box::new(village.to_string())],
        ),
        listed(
            "the doubtful",
            case::Filter { doubtful: true, ..page() },
            include_str!("list/doubtful.sql"),
            Vec::new(),
        ),
        Question {
            what: "the 100 soonest terms",
            ours: Box::new(|db| {
                let soonest = case::Filter { order: Order::Soonest, limit: 100, ..case::Filter::default() };
                black_box(case::list(db, &soonest).unwrap());
            }),
            bare: include_str!("list/soonest.sql"),
            params: Vec::new(),
        },
        Question {
            what: "the counts",
            ours: Box::new(|db| {
                black_box(case::tallies(db, None).unwrap());
            }),
            bare: "SELECT state, sum(cases), sum(cases * doubtful) FROM case_tally GROUP BY state",
            params: Vec::new(),
        },
        found("two characters of a name", None, two.clone(), format!("name : \"{}\"", bigram(&two))),
        found("pinyin initials", None, initials.clone(), format!("name : \"p{initials}\"")),
        found(
            "two initials in a township",
            Some(township),
            initials[..2].to_owned(),
            format!("name : \"p{}\"", &initials[..2]),
        ),
        found(
            "a number",
            None,
            number.clone(),
            format!("numbers : \"n{}\"*", number.replace('-', "").to_lowercase()),
        ),
    ]
}

/// As the index spells it.
fn bigram(two: &str) -> String {
    let spelt: Vec<String> = two.chars().map(|c| format!("{:x}", c as u32)).collect();
    format!("c{}", spelt.join("z"))
}

fn village(n: u64) -> UnitCode {
    format!("621099{:03}{:03}", 100 + n / 15, 200 + n % 15).parse().unwrap()
}

/// The name and the number of a case.
fn somebody(db: &Connection, dice: &mut Dice) -> (String, String) {
    let sql = "SELECT applicant_name, case_no FROM case_row WHERE id >= ? LIMIT 1";
    let last: i64 = db.query_row("SELECT max(id) FROM case_row", [], |row| row.get(0)).unwrap();
    let some = dice.below(last as u64 - 1_000) as i64;
    db.query_row(sql, [some], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn fill(replica: &mut Replica, cases: u64) {
    let mut dice = Dice::new(20_260_101);
    let begin = at("01-05T08:00").0 - SPAN_MS;
    let first: i64 =
        replica.db().query_row("SELECT max(id) + 1 FROM document", [], |row| row.get(0)).unwrap();
    replica
        .db()
        .execute(
            "INSERT INTO feed (unit, kind, period, device, incarnation, branch, after, origin, n, chain, signed_n, signed_chain,
                 unsigned_bytes, county_n)
             VALUES ('621099100200', 'work', 2025, x'01', 1, x'', 0, x'', ?1, x'', ?1, x'', 0, ?1)",
            [2 * cases],
        )
        .unwrap();
    let feed = replica.db().last_insert_rowid();
    for start in (0..cases).step_by(SOME as usize) {
        let tx = replica.db().unchecked_transaction().unwrap();
        for i in start..cases.min(start + SOME) {
            let made = Instant(begin + (SPAN_MS as f64 * i as f64 / cases as f64) as i64);
            insert(&tx, feed, first + i as i64, (i, cases), made, &mut dice);
        }
        tx.commit().unwrap();
        // Whoever writes next indexes and counts what has become many.
        replica.commit(at("01-05T08:00"), |_| Ok::<_, ReplicaError>(())).unwrap();
    }
    replica.db().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
}

fn insert(db: &Connection, feed: i64, id: i64, (i, cases): (u64, u64), made: Instant, dice: &mut Dice) {
    let unit = village(dice.below(240));
    let document = DocumentId::new(made.0, std::array::from_fn(|_| dice.below(256) as u8));
    let state = state(i * 10 >= cases * 9, dice);
    let day = made.date();
    let due =
        (!state.settled()).then(|| day.saturating_add(jiff::Span::new().days(20 + dice.below(90) as i64)));
    db.prepare_cached(
        "INSERT INTO document (id, document, kind, unit, partition_kind, period) VALUES (?, ?, 'case', ?, 'work', ?)",
    )
    .unwrap()
    .execute(params![id, document.0, unit.to_string(), day.year()])
    .unwrap();
    db.prepare_cached(include_str!("list/insert.sql"))
        .unwrap()
        .execute(params![
            id,
            daiban_domain::case::number::case_number(
                unit,
                day,
                &format!("B{}", i / 9000),
                (i % 9000) as u16 + 1
            ),
            unit.to_string(),
            state.as_str(),
            day.to_string(),
            name(dice),
            id_no(dice),
            phone(dice),
            due.map(|due| due.to_string()),
            dice.below(300) == 0,
        ])
        .unwrap();
    let entry = "INSERT INTO entry (feed, n, kind, document, withheld, header, body) VALUES (?, ?, 1, ?, 0, x'', zeroblob(40))";
    for n in 1..=2 {
        db.prepare_cached(entry).unwrap().execute(params![feed, 2 * i + n, id]).unwrap();
    }
}

/// Most of what is new is under way, nearly all else is settled.
fn state(new: bool, dice: &mut Dice) -> State {
    use State::*;
    let settled = [
        Delivered,
        Delivered,
        Delivered,
        Delivered,
        Archived,
        Archived,
        NotAccepted,
        Withdrawn,
        Terminated,
        Void,
    ];
    let open = [
        Registered,
        InTransit,
        Received,
        AwaitSupplement,
        Accepted,
        Accepted,
        InReview,
        InReview,
        PendingDecision,
        Approved,
    ];
    let under_way = dice.below(100) < if new { 80 } else { 1 };
    (if under_way { open } else { settled })[dice.below(10) as usize]
}
