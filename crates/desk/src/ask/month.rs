use crate::{Desk, Trouble};
use daiban_contract::{
    Code, ask,
    view::{DayView, MonthView},
};
use daiban_domain::Instant;
use daiban_replica::public::calendar;
use jiff::civil::Date;

impl Desk {
    pub fn month(&self, request: ask::Month, _: Instant) -> Result<MonthView, Trouble> {
        let first = Date::new(request.year, request.month, 1)
            .map_err(|_| Trouble::new(Code::BadInput, "没有这个月份。请核对年和月。"))?;
        self.with(|replica| {
            let calendar = calendar::load(replica.db())?;
            let days = (0..first.days_in_month()).filter_map(|n| {
                let date = first.with().day(n + 1).build().ok()?;
                Some(DayView {
                    date,
                    working: calendar.day(date).working,
                    special: calendar.holiday(date) || calendar.made_up(date),
                })
            });
            Ok(MonthView { days: days.collect(), provisional: calendar.day(first).provisional })
        })
    }
}
