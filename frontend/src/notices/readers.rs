//! Who has read it, and who hasn't: those that can't have got it yet stand first.

use crate::{live::use_here, texts::notices as texts, words};
use daiban_contract::view::{NoticeView, Reached, ReaderView};
use daiban_domain::Instant;
use jiff::civil::Date;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub view: Rc<NoticeView>,
}

#[component]
pub fn Readers(Props { view }: &Props) -> Html {
    let today = use_here().desk.today;
    let rest = view.readers_total.saturating_sub(view.readers.len() as u64);
    html! {
        <>
            <div id="readers" class="rows" role="table" aria-label={texts::readers()}>
                <div class="header" role="row">
                    { for [texts::reader(), texts::standing(), texts::heard()].map(|name| html! { <span role="columnheader">{ name }</span> }) }
                </div>
                { for view.readers.iter().map(|reader| html! {
                    <div key={reader.unit.to_string()} role="row" data-reader={reader.unit.to_string()} data-read={reader.read.is_some().to_string()}>
                        <span role="cell" class="clip">
                            <b>{ &reader.name }</b>if !reader.above.is_empty() { <span class="small soft">{ "\u{3000}" }{ &reader.above }</span> }
                        </span>
                        <span role="cell">{ standing(reader, view.row.at, today) }</span>
                        <span role="cell" class="soft">
                            { reader.heard.map_or_else(|| texts::never().to_owned(), |heard| words::moment(heard, today)) }
                        </span>
                    </div>
                }) }
            </div>
            if rest > 0 { <p class="dense soft">{ texts::more_readers(rest) }</p> }
        </>
    }
}

fn standing(reader: &ReaderView, published: Instant, today: Date) -> String {
    if let Some(read) = reader.read {
        return texts::has_read(&words::moment(read, today), words::named(&reader.by));
    }
    match (reader.reached, days(published, today)) {
        (Reached::NoDevice, _) => texts::no_device().to_owned(),
        (Reached::Not, _) => texts::not_reached().to_owned(),
        (Reached::Since, 0) => texts::reached_today().to_owned(),
        (Reached::Since, days) => texts::reached(days),
    }
}

fn days(published: Instant, today: Date) -> i32 {
    published.date().until(today).map_or(0, |span| span.get_days().max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn who_has_not_read_it_is_told_apart() {
        let published = Instant(1_790_000_000_000);
        let day = published.date();
        let mut reader = ReaderView {
            unit: "621099100200".parse().unwrap(),
            name: String::new(),
            above: String::new(),
            read: None,
            by: "李秀兰".to_owned(),
            reached: Reached::Since,
            heard: None,
        };
        assert_eq!(standing(&reader, published, day), texts::reached_today());
        assert_eq!(
            standing(&reader, published, date(day.year(), day.month(), day.day() + 2)),
            texts::reached(2)
        );
        reader.reached = Reached::Not;
        assert_eq!(standing(&reader, published, day), texts::not_reached());
        reader.read = Some(published);
        assert!(standing(&reader, published, day).contains("李秀兰看过"));
    }
}
