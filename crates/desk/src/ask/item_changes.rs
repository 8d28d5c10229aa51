use crate::{Desk, Trouble};
use daiban_contract::{ask, view::ItemChange};
use daiban_domain::{
    Instant,
    item::{Item, diff},
};
use daiban_replica::{ReplicaError, public::item, today};
use jiff::{ToSpan, civil::Date};
use rusqlite::Connection;

/// For how long a change is worth telling, in days: as long as people come who were told the old rule.
const TOLD: i64 = 90;

/// Elements that only say from when to when a version counts.
const DAYS: [&str; 2] = ["生效日期", "截止日期"];

impl Desk {
    /// What has changed in the catalogue lately, or is about to.
    pub fn item_changes(&self, _: ask::ItemChanges, now: Instant) -> Result<Vec<ItemChange>, Trouble> {
        self.with(|replica| Ok(changed_lately(replica.db(), today(replica.db(), now)?)?))
    }
}

/// The newest first.
pub(crate) fn changed_lately(db: &Connection, today: Date) -> Result<Vec<ItemChange>, ReplicaError> {
    let since = today.saturating_sub(TOLD.days());
    let catalogue = item::published(db)?;
    let versions: Vec<&Item> = catalogue.items.iter().map(|(item, _)| item).collect();
    let mut changes = changes(&versions, since, today);
    changes.sort_by(|a, b| (b.from, &a.item_id).cmp(&(a.from, &b.item_id)));
    Ok(changes)
}

/// Of versions in the order of their items and numbers.
fn changes(versions: &[&Item], since: Date, today: Date) -> Vec<ItemChange> {
    let of = |item: &Item, from: Date, says: Vec<String>| ItemChange {
        item_id: item.item_id.clone(),
        name: item.name.clone(),
        from,
        says,
    };
    let mut changes = Vec::new();
    for (i, item) in versions.iter().enumerate() {
        let next = versions.get(i + 1).filter(|next| next.item_id == item.item_id);
        if let Some(next) = next.filter(|next| next.effective_from >= since) {
            // Its own days are told beside it; a version can differ in nothing that people see.
            let differs = diff::items(item, next);
            let differs = differs.iter().filter(|change| !DAYS.contains(&change.element.as_str()));
            let says: Vec<String> = differs.map(diff::Change::says).collect();
            if !says.is_empty() {
                changes.push(of(next, next.effective_from, says));
            }
        }
        let ends = item.effective_to.filter(|last| next.is_none() && *last >= since);
        if let Some(last) = ends {
            let first_without = last.tomorrow().unwrap_or(last);
            let says = if first_without <= today {
                "取消了，不再办理"
            } else {
                "将要取消，从这天起不再办理"
            };
            changes.push(of(item, first_without, vec![says.to_owned()]));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_domain::item::catalogue_from_json;
    use jiff::civil::date;

    #[test]
    fn what_a_new_version_changes_is_told_for_a_while() {
        let all = catalogue_from_json(include_str!("../../../../data/items.json")).unwrap();
        let old = all.newest()[1].clone();
        let mut new = old.clone();
        new.version += 1;
        new.effective_from = date(2026, 9, 1);
        new.materials.retain(|material| material.material_code != "HK");
        let mut ending = all.newest()[2].clone();
        ending.effective_to = Some(date(2026, 9, 30));
        let versions = [&old, &new, &ending];
        let told = |since: Date, today: Date| {
            changes(&versions, since, today)
                .into_iter()
                .map(|change| (change.item_id, change.from.to_string(), change.says.join("；")))
                .collect::<Vec<_>>()
        };
        let now = told(date(2026, 7, 1), date(2026, 9, 28));
        assert_eq!(now.len(), 2, "{now:?}");
        assert!(now[0].1 == "2026-09-01" && now[0].2.contains("户口簿"), "{now:?}");
        assert!(now[1].1 == "2026-10-01" && now[1].2.contains("将要取消"), "{now:?}");
        assert!(told(date(2026, 9, 15), date(2026, 10, 2))[0].2.contains("取消了"));
        assert!(told(date(2026, 10, 2), date(2026, 12, 31)).is_empty());
    }
}
