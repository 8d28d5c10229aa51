use super::*;
use daiban_contract::{Code, act::StateDay};
use daiban_domain::case::deadlines::Light;
use jiff::civil::date;

/// A day of the sample's year as a clock shows it that is off by so many days.
fn shown(when: &str, days: i64) -> Instant {
    Instant(at(when).0 + days * 86_400_000)
}

/// The battery is dead and the laptop wakes up in 2019: the agent is asked what day it is, and everything counts by what
/// they say. At the township the acts are marked, and the head of the centre looks at their days.
#[tokio::test]
async fn a_laptop_that_wakes_up_in_2019_asks_what_day_it_is() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let before = record(village, "I002", &[], "03-05T09:00");
    story.all_meet("03-05T12:00").await;

    let back = -2620;
    let wakes = shown("03-09T08:00", back);
    assert_eq!(wakes.date().year(), 2019);
    let asked = village.desk(ask::Desk {}, wakes).unwrap().day_asked.unwrap();
    assert_eq!(asked.known, date(2026, 3, 5));
    assert!(asked.says.contains("电脑的时间多半错了"), "{}", asked.says);
    let state = |day| village.state_day(StateDay { day }, wakes);
    assert_eq!(
        state(date(2026, 3, 4)).err().unwrap().code(),
        Code::BadInput,
        "the county has signed for the 5th"
    );
    let desk = state(date(2026, 3, 9)).unwrap();
    assert_eq!((desk.today, desk.day_asked), (date(2026, 3, 9), None));

    let request = request(village, "I002", &[], at("03-09T08:10"));
    let case_no = village.record(request, shown("03-09T08:10", back)).unwrap().case_no;
    assert!(case_no.contains("-20260309-"), "{case_no}");
    let tomorrow = shown("03-10T08:00", back);
    assert_eq!(
        village.desk(ask::Desk {}, tomorrow).unwrap().today,
        date(2026, 3, 10),
        "it goes on by itself"
    );
    let see_at = |case_no: &str, now| village.case(ask::Case { case_no: case_no.to_owned() }, now).unwrap();
    let case = see_at(&case_no, tomorrow);
    assert_eq!((case.registered_on, clock(&case, "village").due), (date(2026, 3, 9), date(2026, 3, 12)));
    assert_eq!(clock(&see_at(&before, tomorrow), "village").light, Light::Amber, "the last day");

    story.county.hub_says(at("03-10T09:00"));
    for (desk, now) in [(village, shown("03-10T09:00", back)), (township, at("03-10T09:00"))] {
        story.county.exchange(desk, now).await.unwrap();
    }
    let seen = see(township, &case_no, "03-10T09:10");
    let registered = &seen.events[0];
    assert!(registered.time_doubtful && !registered.day_confirmed && registered.on == date(2026, 3, 9));
    assert!(seen.offers.iter().any(|offer| offer.event == "confirmDays"));
    assert!(act(village, &case_no, "confirmDays", "03-10T09:15").unwrap_err().contains("中心主任"));
    let confirmed = act(township, &case_no, "confirmDays", "03-10T09:20").unwrap();
    assert!(
        confirmed.events[0].day_confirmed
            && !confirmed.offers.iter().any(|offer| offer.event == "confirmDays")
    );

    // Its own clock still stands in 2019; by the county's word it is known by how much.
    let sync = village.sync(ask::Sync {}, shown("03-11T08:00", back)).unwrap();
    assert!(sync.clock_off.is_some());
    assert_eq!(village.desk(ask::Desk {}, shown("03-11T08:00", back)).unwrap().today, date(2026, 3, 11));
    assert_eq!(village.desk(ask::Desk {}, at("03-11T08:00")).unwrap().today, date(2026, 3, 11), "put right");
}

/// A year ahead: nothing is overdue by that, and a person born next year is still not born.
#[tokio::test]
async fn a_clock_a_year_ahead_makes_nothing_overdue() {
    let story = Story::begin().await;
    let Story { village, .. } = &story;
    let case_no = record(village, "I002", &[], "03-05T09:00");
    story.all_meet("03-05T12:00").await;
    let ahead = shown("03-06T09:00", 365);
    let asked = village.desk(ask::Desk {}, ahead).unwrap().day_asked.unwrap();
    assert_eq!((asked.clock, asked.known), (date(2027, 3, 6), date(2026, 3, 5)));
    village.state_day(StateDay { day: date(2026, 3, 6) }, ahead).unwrap();
    let seen = village.case(ask::Case { case_no }, ahead).unwrap();
    assert_eq!(clock(&seen, "village").light, Light::Green);
    let unborn = Record {
        applicant: Applicant {
            id_no: "621099202701010018".to_owned(),
            ..request(village, "I002", &[], ahead).applicant
        },
        ..request(village, "I002", &[], ahead)
    };
    let warned = village.record(unborn, ahead).unwrap().warnings;
    assert!(warned.iter().any(|warning| warning.path == "applicant.idNo"), "{warned:?}");

    // Two months in the hills are no reason to ask; a longer silence is, and the clock may well be right.
    assert_eq!(story.top.desk(ask::Desk {}, at("05-03T09:00")).unwrap().day_asked, None);
    let long = at("06-20T09:00");
    assert!(story.top.desk(ask::Desk {}, long).unwrap().day_asked.is_some());
    assert_eq!(story.top.state_day(StateDay { day: long.date() }, long).unwrap().day_asked, None);
}
