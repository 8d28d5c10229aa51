use crate::{Desk, Trouble};
use daiban_contract::{
    Code, ask,
    view::{CalendarView, DueView},
};
use daiban_domain::{Instant, deadline::Counted};
use daiban_replica::public::calendar;
use jiff::{ToSpan, civil::Date};

impl Desk {
    pub fn calendar(&self, request: ask::Calendar, _: Instant) -> Result<CalendarView, Trouble> {
        self.with(|replica| {
            let (calendar, year) = (calendar::load(replica.db())?, request.year);
            let source = calendar::source(replica.db(), year)?;
            let first = Date::new(year, 1, 1).map_err(|_| Trouble::new(Code::BadInput, "没有这一年。"))?;
            let days: Vec<Date> = first.series(1.day()).take_while(|day| day.year() == year).collect();
            let of =
                |wanted: &dyn Fn(Date) -> bool| days.iter().copied().filter(|day| wanted(*day)).collect();
            Ok(CalendarView {
                year,
                source,
                provisional: calendar.year(year).is_none(),
                published: calendar.years().collect(),
                holidays: of(&|day| calendar.holiday(day)),
                made_up: of(&|day| calendar.made_up(day)),
                working_days: days.iter().filter(|day| calendar.day(**day).working).count() as u32,
            })
        })
    }

    /// When a term ends that begins with a day, and how that was counted.
    pub fn due(&self, request: ask::Due, _: Instant) -> Result<DueView, Trouble> {
        self.with(|replica| {
            let calendar = calendar::load(replica.db())?;
            let term = Counted::working(request.working_days);
            let due = term.due(request.from, &calendar);
            let says = term.explain(request.from, "起", &due, &calendar);
            Ok(DueView { due: due.date, provisional: due.provisional, says })
        })
    }
}
