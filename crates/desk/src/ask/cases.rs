use crate::{Desk, Trouble, ask::reach, silence};
use daiban_contract::{
    Code,
    ask::{self, DueIn},
    view::{CaseList, CaseRow},
};
use daiban_domain::{
    Instant, UnitCode,
    calendar::WorkCalendar,
    case::{
        Order, State,
        deadlines::{Deadline, Light, light},
        frontier::{Frontier, answerable},
    },
    item::{HandlingType, Item},
    mask::{Data, Place},
};
use daiban_exchange::Partition;
use daiban_replica::{
    ReplicaError,
    case::{self, Filter, Listed, Tally, tallies},
    feed,
    public::{calendar, item, unit},
    today,
};
use jiff::civil::Date;
use rusqlite::Connection;
use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    sync::Arc,
};

const PAGE: u32 = 50;

impl Desk {
    pub fn cases(&self, request: ask::Cases, now: Instant) -> Result<CaseList, Trouble> {
        self.with(|replica| {
            let db = replica.db();
            if let Some(unit) = request.unit {
                known_unit(db, unit)?;
            }
            let filter = Filter {
                states: request.states,
                unit: request.unit,
                doubtful: request.doubtful,
                order: request.order,
                limit: if request.limit == 0 { PAGE } else { request.limit },
                offset: request.offset,
            };
            let tallies = tallies(db, filter.unit)?;
            let search = request.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
            let by_term = filter.order == Order::Soonest;
            let (total, listed) = match (search, request.due) {
                (Some(_), _) if by_term => {
                    return Err(Trouble::new(Code::BadInput, "找到的办件只能按登记先后排，不能按时限排。"));
                }
                (Some(text), _) => case::search(db, &filter, text)?,
                (None, Some(when)) => case::due(db, &filter, days(db, when, now)?)?,
                (None, None) if by_term => (case::count_due(db, &filter)?, case::list(db, &filter)?),
                (None, None) => (total(&filter, &tallies), case::list(db, &filter)?),
            };
            let mut rows = Rows::new(db, now)?;
            Ok(CaseList {
                total,
                counts: tallies.iter().map(|(state, tally)| (*state, tally.cases)).collect(),
                doubtful: tallies.values().map(|tally| tally.doubtful).sum(),
                cases: listed.iter().map(|case| rows.row(case)).collect::<Result<_, _>>()?,
            })
        })
    }
}

/// The days on which a term ends.
pub(super) fn days(db: &Connection, when: DueIn, now: Instant) -> Result<(Option<Date>, Date), ReplicaError> {
    let (today, calendar) = (today(db, now)?, calendar::load(db)?);
    let beside = |day: Result<Date, jiff::Error>| day.unwrap_or(today);
    Ok(match when {
        DueIn::Overdue => (None, beside(today.yesterday())),
        DueIn::Today => (Some(today), today),
        DueIn::Next => (Some(beside(today.tomorrow())), next_working_day(today, &calendar)),
        DueIn::Soon => (Some(today), next_working_day(today, &calendar)),
    })
}

/// The first working day after a day; a calendar that knows of none in a month isn't asked further.
pub(super) fn next_working_day(after: Date, calendar: &WorkCalendar) -> Date {
    let days = std::iter::successors(after.tomorrow().ok(), |day| day.tomorrow().ok());
    days.take(31).find(|day| calendar.day(*day).working).unwrap_or(after)
}

/// How many cases a filter lets through, of those of its unit.
fn total(filter: &Filter, tallies: &BTreeMap<State, Tally>) -> u64 {
    let wanted = |state| filter.states.is_empty() || filter.states.contains(state);
    let tallies = tallies.iter().filter(|(state, _)| wanted(*state));
    tallies.map(|(_, tally)| if filter.doubtful { tally.doubtful } else { tally.cases }).sum()
}

/// Refuses a code that no unit of the county has.
pub(crate) fn known_unit(db: &Connection, code: UnitCode) -> Result<(), Trouble> {
    match unit::find(db, code)? {
        Some(_) => Ok(()),
        None => {
            let message = format!("没有代码为 {code} 的单位。请核对 12 位代码。");
            Err(Trouble::new(Code::UnknownUnit, message))
        }
    }
}

/// Makes rows of the list, looking up each unit and each item once.
pub(crate) struct Rows<'a> {
    pub db: &'a Connection,
    now: Instant,
    pub today: Date,
    pub calendar: Arc<WorkCalendar>,
    units: HashMap<UnitCode, String>,
    items: HashMap<(String, u16), Option<Arc<Item>>>,
    /// By the partition and the units that were waited for.
    heard: HashMap<(Partition, Vec<UnitCode>), Frontier>,
}

impl<'a> Rows<'a> {
    pub fn new(db: &'a Connection, now: Instant) -> Result<Self, ReplicaError> {
        let (today, calendar) = (today(db, now)?, calendar::load(db)?);
        Ok(Self {
            db,
            now,
            today,
            calendar,
            units: HashMap::new(),
            items: HashMap::new(),
            heard: HashMap::new(),
        })
    }

    pub fn item(&mut self, case: &Listed) -> Result<Option<Arc<Item>>, ReplicaError> {
        Ok(match self.items.entry((case.item_id.clone(), case.item_version)) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => {
                new.insert(item::version(self.db, &case.item_id, case.item_version)?).clone()
            }
        })
    }

    /// The item's number, until its content is here.
    pub fn item_name(&self, item_id: &str, version: u16) -> Result<String, ReplicaError> {
        let item = item::version(self.db, item_id, version)?;
        Ok(item.map_or_else(|| item_id.to_owned(), |item| item.name.clone()))
    }

    pub fn unit_name(&mut self, code: UnitCode) -> Result<String, ReplicaError> {
        if let Some(name) = self.units.get(&code) {
            return Ok(name.clone());
        }
        let name = unit::find(self.db, code)?.map_or_else(|| code.to_string(), |unit| unit.short_name);
        self.units.insert(code, name.clone());
        Ok(name)
    }

    /// What is overdue is so for certain once those who had to act have been heard past the day.
    fn lit(&mut self, case: &Listed, deadline: &Deadline) -> Result<(Light, String), ReplicaError> {
        let (light, says) = light(deadline, self.today, &self.calendar);
        let Some(item) = self.item(case)?.filter(|_| light == Light::Red) else { return Ok((light, says)) };
        let partition = silence::work(case.unit, case.registered_on);
        let waited_for = (partition, answerable(deadline.clock, case.unit, &item));
        let heard = match self.heard.entry(waited_for) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let heard = feed::frontier(self.db, partition, &new.key().1, self.now)?;
                new.insert(heard)
            }
        };
        Ok((light, silence::perhaps(heard.passes(deadline.due.date), says)))
    }

    pub fn row(&mut self, case: &Listed) -> Result<CaseRow, ReplicaError> {
        let unit_name = self.unit_name(case.unit)?;
        let (item_name, mut marks) = match self.item(case)? {
            Some(item) => (item.name.clone(), marks(&item)),
            None => (case.item_id.clone(), Vec::new()),
        };
        if case.archived {
            marks.push("已归档".to_owned());
        }
        let (light, light_says) = match &case.deadline {
            Some(deadline) => {
                let (light, says) = self.lit(case, deadline)?;
                (Some(light), says)
            }
            None => (None, String::new()),
        };
        Ok(CaseRow {
            case_no: case.case_no.clone(),
            unit: case.unit,
            unit_name,
            state: case.state,
            state_name: case.state.zh().to_owned(),
            item_id: case.item_id.clone(),
            item_name,
            applicant_name: case.applicant_name.clone(),
            id_no: Data::IdNo.at(Place::List, &case.id_no),
            phone: Data::Phone.at(Place::List, &case.phone),
            registered_on: case.registered_on,
            due: case.deadline.as_ref().map(|deadline| deadline.due.date),
            light,
            light_says,
            reach: reach(case.reached),
            doubtful: case.doubtful,
            marks,
        })
    }
}

fn marks(item: &Item) -> Vec<String> {
    let kind = match item.handling_type {
        HandlingType::Instant => Some("即办"),
        HandlingType::Joint => Some("联办"),
        HandlingType::Promise => None,
    };
    kind.into_iter().map(str::to_owned).collect()
}
