//! Pages and counts of the list, against looking at every row of it.

use crate::convergence::request;
use daiban_contract::act::Act;
use daiban_domain::{
    Instant, UnitCode,
    case::{Order, State},
};
use daiban_replica::{
    Replica,
    case::{Filter, count_by_item, count_due, list, search, tallies},
    verify::Fault,
};
use daiban_testkit::{County, at, workload::Dice};

struct Row {
    case_no: String,
    name: String,
    day: String,
    unit: UnitCode,
    state: State,
    doubtful: bool,
    due: Option<String>,
}

/// Whether the list shows what there is, whatever it is filtered by.
pub fn are_whole(replica: &Replica) {
    let sql = "SELECT case_no, applicant_name, registered_on, case_row.unit, state, doubtful, due
               FROM case_row JOIN document USING (id)
               ORDER BY substr(document.document, 1, 8) DESC, id DESC";
    let mut statement = replica.db().prepare(sql).unwrap();
    let all = statement.query_map([], |row| {
        let (unit, state): (String, String) = (row.get("unit")?, row.get("state")?);
        Ok(Row {
            case_no: row.get("case_no")?,
            name: row.get("applicant_name")?,
            day: row.get("registered_on")?,
            unit: unit.parse().unwrap(),
            state: State::parse(&state).unwrap(),
            doubtful: row.get("doubtful")?,
            due: row.get("due")?,
        })
    });
    let all: Vec<Row> = all.unwrap().collect::<Result<_, _>>().unwrap();
    let units =
        ["621099100200", "621099100201", "621099100000", "621099000000"].map(|unit| unit.parse().unwrap());
    for unit in units.into_iter().map(Some).chain([None]) {
        let of_unit: Vec<&Row> =
            all.iter().filter(|row| unit.is_none_or(|unit: UnitCode| unit.covers(row.unit))).collect();
        counted(replica, unit, &of_unit);
        for states in
            [vec![], vec![State::Registered], vec![State::InTransit, State::Withdrawn, State::Received]]
        {
            for doubtful in [false, true] {
                let filter = Filter { states: states.clone(), unit, doubtful, ..Filter::default() };
                let wanted = |row: &&&Row| {
                    (states.is_empty() || states.contains(&row.state)) && row.doubtful >= doubtful
                };
                let wanted: Vec<&&Row> = of_unit.iter().filter(wanted).collect();
                let numbers = |rows: &[&&Row]| rows.iter().map(|row| row.case_no.clone()).collect::<Vec<_>>();
                assert_eq!(paged(replica, &filter, None), numbers(&wanted), "{filter:?}");
                let turned = Filter { order: Order::Oldest, ..filter.clone() };
                let backwards: Vec<&&Row> = wanted.iter().rev().copied().collect();
                assert_eq!(paged(replica, &turned, None), numbers(&backwards), "{turned:?}");
                by_term(replica, &filter, &wanted);
                for (text, named) in
                    [("𬍛㛃", "王𬍛㛃"), ("l", "李四"), ("ls", "李四"), ("ss", ""), ("621099", "")]
                {
                    let found = |row: &&&&Row| text == "621099" || !named.is_empty() && row.name == named;
                    let found: Vec<&&Row> = wanted.iter().filter(found).copied().collect();
                    assert_eq!(paged(replica, &filter, Some(text)), numbers(&found), "{filter:?}, {text}");
                    let backwards: Vec<&&Row> = found.iter().rev().copied().collect();
                    assert_eq!(
                        paged(replica, &turned, Some(text)),
                        numbers(&backwards),
                        "{turned:?}, {text}"
                    );
                }
            }
        }
    }
    for since in ["2020-01-01", "2026-03-31", "2026-12-01"] {
        let since = since.parse::<jiff::civil::Date>().unwrap();
        let month = &since.to_string()[..7];
        let counted = count_by_item(replica.db(), since).unwrap();
        let wanted = all.iter().filter(|row| row.day.as_str() >= month).count() as u64;
        let reaches_back = all.iter().any(|row| &row.day[..7] <= month);
        assert_eq!(counted.map(|items| items.values().sum()), reaches_back.then_some(wanted), "{since}");
    }
}

/// Those with a running term, by its end.
fn by_term(replica: &Replica, filter: &Filter, wanted: &[&&Row]) {
    let filter = Filter { order: Order::Soonest, ..filter.clone() };
    // Recorded first, first: the rows stand the other way round.
    let mut running: Vec<&&&Row> = wanted.iter().rev().filter(|row| row.due.is_some()).collect();
    running.sort_by_key(|row| &row.due);
    let running: Vec<String> = running.into_iter().map(|row| row.case_no.clone()).collect();
    assert_eq!(count_due(replica.db(), &filter).unwrap(), running.len() as u64, "{filter:?}");
    assert_eq!(paged(replica, &filter, None), running, "{filter:?}");
}

fn counted(replica: &Replica, unit: Option<UnitCode>, rows: &[&Row]) {
    let tallies = tallies(replica.db(), unit).unwrap();
    for state in State::ALL {
        let of_state = rows.iter().filter(|row| row.state == state);
        let doubtful = of_state.clone().filter(|row| row.doubtful).count() as u64;
        let tally = tallies.get(&state).copied().unwrap_or_default();
        assert_eq!((tally.cases, tally.doubtful), (of_state.count() as u64, doubtful), "{unit:?}, {state}");
    }
}

/// All pages one after the other, of what is listed or found.
fn paged(replica: &Replica, filter: &Filter, text: Option<&str>) -> Vec<String> {
    let (mut numbers, mut totals) = (Vec::new(), Vec::new());
    loop {
        let page = Filter { limit: 7, offset: numbers.len() as u32, ..filter.clone() };
        let listed = match text {
            Some(text) => {
                let (total, found) = search(replica.db(), &page, text).unwrap();
                totals.push(total);
                found
            }
            None => list(replica.db(), &page).unwrap(),
        };
        let last = listed.len() < 7;
        numbers.extend(listed.into_iter().map(|case| case.case_no));
        if last {
            assert!(totals.iter().all(|total| *total == numbers.len() as u64), "{totals:?}, {numbers:?}");
            return numbers;
        }
    }
}

#[tokio::test]
async fn the_list_shows_the_newest_cases_and_the_many_before_them_alike() {
    let county = County::new().await;
    let (village, township) = (county.desk("village"), county.desk("township"));
    let minute = |n: i64| Instant(at("03-05T09:00").0 + n * 60_000);
    county.exchange(&township, minute(-9)).await.unwrap();
    let mut dice = Dice::new(5);
    let mut cases: Vec<String> = Vec::new();
    // Enough for what is read from the newest rows to be indexed in between.
    for n in 0..50 {
        let desk = if dice.below(4) == 0 { &township } else { &village };
        let mut wanted = request(n as usize);
        if n % 3 == 0 {
            wanted.applicant.name = "李四".to_owned();
        }
        let recorded = desk.record(wanted, minute(n)).unwrap();
        cases.push(recorded.case_no);
        for desk in [&village, &township] {
            let case_no = cases[dice.below(cases.len() as u64) as usize].clone();
            let event = ["handOver", "withdraw", "receive"][dice.below(3) as usize].to_owned();
            // Many of these acts aren't this desk's.
            let _ = desk.act(Act { case_no, event, payload: None, on: None }, minute(n));
        }
        if n % 7 == 0 || n == 49 {
            are_whole(&county.replica("village"));
        }
    }
    for desk in [&village, &township, &village] {
        county.exchange(desk, minute(60)).await.unwrap();
    }
    for name in ["village", "township"] {
        let mut replica = county.replica(name);
        let states = "SELECT count(DISTINCT state) FROM case_row";
        let states: i64 = replica.db().query_row(states, [], |row| row.get(0)).unwrap();
        assert!(states > 2, "{name}: the acts have come to something");
        are_whole(&replica);
        replica.rebuild().unwrap();
        are_whole(&replica);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        for wrong in [
            "UPDATE case_tally SET cases = cases + 1 WHERE id = 1",
            "UPDATE item_tally SET cases = cases + 1",
            "UPDATE case_row SET made = made + 8 WHERE id = (SELECT max(id) FROM case_row)",
            "UPDATE case_row SET made = (SELECT max(made) FROM case_row WHERE tally IS NOT NULL) WHERE tally IS NOT NULL",
        ] {
            replica.db().execute(wrong, []).unwrap();
            assert_eq!(replica.verify().unwrap(), [Fault::Projection], "{name}: {wrong}");
            replica.rebuild().unwrap();
            assert_eq!(replica.verify().unwrap(), [], "{name}");
        }
    }
}
