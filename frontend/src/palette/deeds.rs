//! What the window can be told to do by typing it.

use crate::{
    looks::Look,
    place::{Over, Page, Queue},
    texts::palette as texts,
};
use daiban_domain::Level;

#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Go(Page),
    Open(Over),
    Record,
    Lock,
    Support,
    Look(Look),
}

/// A deed as it is offered: what is typed for it, how it is said, its key.
pub struct Offered {
    /// Pinyin initials, for fingers that don't switch the input method, and English.
    typed: &'static str,
    pub says: &'static str,
    pub key: &'static str,
    pub deed: Deed,
}

fn offer(typed: &'static str, says: &'static str, key: &'static str, deed: Deed) -> Offered {
    Offered { typed, says, key, deed }
}

/// What can be done at a level.
fn all(level: Level) -> Vec<Offered> {
    let cases = |typed, says, key, queue| offer(typed, says, key, Deed::Go(Page::Cases(queue)));
    let mut all = vec![offer("sy jr home today", texts::home(), "", Deed::Go(Page::Home))];
    if level != Level::County {
        all.push(offer("dj record", texts::record(), "F2", Deed::Record));
    }
    if level != Level::County {
        let batches = Page::HandOver { batch: None };
        all.push(offer("yj pc hand over batches", texts::hand_over(), "F3", Deed::Go(batches)));
    }
    all.push(offer("yj cl originals", texts::originals(), "", Deed::Go(Page::Originals)));
    match level {
        Level::Village => all.extend([cases("sd deliver", texts::deliver(), "F4", Queue::Deliver)]),
        Level::Township => all.extend([
            cases("sl intake", texts::intake(), "", Queue::Intake),
            cases("sh review", texts::review(), "", Queue::Review),
            cases("sp decision", texts::decision(), "", Queue::Decision),
            cases("cj issue", texts::issue(), "", Queue::Issue),
        ]),
        Level::County => {}
    }
    all.extend([
        cases("qbbj all cases", texts::all_cases(), "", Queue::All),
        cases("lcbyy two versions", texts::doubtful(), "", Queue::Doubtful),
    ]);
    if level != Level::Village {
        all.extend([
            offer("hbsy yscf review duplicates", texts::merge(), "", Deed::Go(Page::Merge)),
            offer("zl gcqk overview villages", texts::overview(), "", Deed::Go(Page::Overview)),
            offer("dn devices computers", texts::devices(), "", Deed::Go(Page::Devices)),
        ]);
    }
    all.extend([
        offer("ry db people roles", texts::people(), "", Deed::Go(Page::People)),
        offer("rl calendar", texts::calendar(), "", Deed::Go(Page::Calendar)),
        offer("dy print queue", texts::prints(), "", Deed::Go(Page::Prints)),
        offer("tz zc notices policies", texts::notices(), "", Deed::Go(Page::Notices { notice: None })),
        offer("bszn guide", texts::guide(), "", Deed::Go(Page::Items)),
        offer("tb up bf sync backup", texts::sync(), "", Deed::Go(Page::Sync)),
        offer("syr mm users password", texts::users(), "", Deed::Open(Over::Users)),
        offer("ss hr lock", texts::lock(), "Ctrl L", Deed::Lock),
        offer("jsry support technician", texts::support(), "F9", Deed::Support),
        offer("dz large", texts::large(), "", Deed::Look(Look::Large)),
        offer("ss dark", texts::dark(), "", Deed::Look(Look::Dark)),
        offer("bz help", texts::help(), "F1", Deed::Open(Over::Help)),
    ]);
    all
}

/// What a text means of all that can be done; all of it while nothing is typed.
pub fn found(text: &str, level: Level) -> Vec<Offered> {
    let text = text.trim().to_lowercase();
    let mut all = all(level);
    all.retain(|offered| {
        offered.says.to_lowercase().contains(&text)
            || offered.typed.split(' ').any(|typed| typed.starts_with(&text))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str, level: Level) -> Vec<&'static str> {
        found(text, level).into_iter().map(|offered| offered.says).collect()
    }

    #[test]
    fn deeds_are_found_by_words_and_initials() {
        assert_eq!(says("登记", Level::Village), ["登记"]);
        assert_eq!(says("TB", Level::Village), ["同步、U 盘、备份"]);
        assert_eq!(says(" sync ", Level::County), ["同步、U 盘、备份"]);
        assert!(says("王秀兰", Level::Township).is_empty());
    }

    #[test]
    fn nobody_is_offered_another_levels_deeds() {
        assert!(says("登记", Level::County).is_empty());
        assert!(says("移交", Level::County).is_empty());
        assert_eq!(says("审批", Level::Township), ["审批"]);
        assert!(says("审批", Level::Village).is_empty());
        assert!(says("", Level::County).len() > 8);
    }
}
