use super::{cases::Rows, duplicates, sync, to_tell::to_tell, today};
use crate::{Desk, Trouble, act::ordinary, capacity::Capacities};
use daiban_contract::{
    ask,
    view::{HomeView, Todo},
};
use daiban_domain::{
    Instant, Level, Role,
    case::{
        ClockName, Order, State,
        transition::{self, Setting},
    },
    deadline::says_day,
};
use daiban_replica::case::{Filter, Listed, list, tallies};
use std::collections::{HashMap, hash_map::Entry};

/// What fits on the first page.
const TODO: u32 = 100;
const RECENT: u32 = 8;

impl Desk {
    pub fn home(&self, _: ask::Home, now: Instant) -> Result<HomeView, Trouble> {
        self.with(|replica| {
            let (db, level) = (replica.db(), replica.identity().unit.level());
            let mut rows = Rows::new(db, now)?;
            let today = rows.today;
            let mut capacities: HashMap<String, Capacities> = HashMap::new();
            let mut todo = Vec::new();
            let soonest = Filter { order: Order::Soonest, limit: TODO, ..Filter::default() };
            for case in list(db, &soonest)? {
                let capacities = match capacities.entry(case.item_id.clone()) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => new.insert(Capacities::of(
                        db,
                        replica.identity().person,
                        &case.item_id,
                        (today, today),
                    )?),
                };
                if let Some((event, name)) = next(&mut rows, &case, capacities, level)? {
                    todo.push(Todo {
                        says: says(&case),
                        case: rows.row(&case)?,
                        event: Some(event),
                        event_name: name,
                    });
                }
            }
            let recent = Filter { limit: RECENT, ..Filter::default() };
            let recent = list(db, &recent)?.iter().map(|case| rows.row(case)).collect::<Result<_, _>>()?;
            let tallies = tallies(db, None)?;
            let count = |state: State| tallies.get(&state).map_or(0, |tally| tally.cases);
            let (duplicate_cases, alike_people) = duplicates::counts(db)?;
            Ok(HomeView {
                todo_total: todo.len() as u64,
                todo,
                open: tallies
                    .iter()
                    .filter(|(state, _)| !state.settled())
                    .map(|(_, tally)| tally.cases)
                    .sum(),
                recent,
                to_hand_over: count(State::Registered),
                to_deliver: count(State::Closed),
                to_tell: to_tell(&mut rows, RECENT)?,
                duplicate_cases,
                alike_people,
                today: (level != Level::Village).then(|| today::today(&mut rows, &count, now)).transpose()?,
                sync: sync::view(replica, &self.serving(), now)?,
            })
        })
    }
}

/// The ordinary next step, if it is this desk's.
fn next(
    rows: &mut Rows<'_>,
    case: &Listed,
    capacities: &Capacities,
    level: Level,
) -> Result<Option<(String, String)>, Trouble> {
    let Some(item) = rows.item(case)? else { return Ok(None) };
    let setting = Setting { item: &item, window: case.channel == "WINDOW", unit: case.unit };
    // A benefit that is to end is the work, whatever became of its case.
    let ending = case.deadline.as_ref().is_some_and(|deadline| deadline.clock == ClockName::Stop);
    Ok(if ending { Some("stopBenefit") } else { ordinary(case.state, item.instant()) }
        .filter(|event| {
            let may = |roles: &[Role]| transition::find(case.state, event, roles, level, &setting);
            capacities.choose(may).is_ok()
        })
        .map(|event| (event.to_owned(), transition::name(event).unwrap_or(event).to_owned())))
}

fn says(case: &Listed) -> String {
    let Some(deadline) = &case.deadline else { return String::new() };
    let end = if deadline.due.provisional { "（暂定）" } else { "" };
    format!(
        "{}{}，{}{end}前要{}",
        says_day(deadline.start),
        deadline.clock.begins(),
        says_day(deadline.due.date),
        deadline.clock.demands()
    )
}
