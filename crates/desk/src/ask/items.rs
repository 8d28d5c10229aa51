use crate::{Desk, Trouble};
use daiban_contract::{Code, ask, view::ItemRow};
use daiban_domain::{Instant, item::Item, item::VillageMode};
use daiban_replica::{public::item, today};
use std::sync::Arc;

impl Desk {
    /// Items that this desk may record today.
    pub fn items(&self, request: ask::Items, now: Instant) -> Result<Vec<ItemRow>, Trouble> {
        self.with(|replica| {
            let items = item::search(replica.db(), &request.search, today(replica.db(), now)?)?;
            Ok(items
                .iter()
                .filter(|item| item.village_mode != VillageMode::Inform)
                .map(|item| row(item))
                .collect())
        })
    }

    pub fn item(&self, request: ask::Item, now: Instant) -> Result<Item, Trouble> {
        self.with(|replica| {
            let item = item::in_force(replica.db(), &request.item_id, today(replica.db(), now)?)?;
            item.map(Arc::unwrap_or_clone).ok_or_else(unknown_item)
        })
    }
}

pub(crate) fn unknown_item() -> Trouble {
    Trouble::new(Code::UnknownItem, "事项目录里没有这个事项，或今天不在有效期内。请重新选择事项。")
}

fn row(item: &Item) -> ItemRow {
    ItemRow {
        item_id: item.item_id.clone(),
        name: item.name.clone(),
        plain_name: item.plain_name.clone(),
        theme: item.theme.clone(),
        handling_type_name: item.handling_type_name.clone(),
        limit_says: match item.promise_limit.days {
            _ if item.instant() => "当场办".to_owned(),
            Some(days) => format!("承诺 {days} 个{}", item.promise_limit.unit),
            None => String::new(),
        },
        materials_say: format!("要 {} 样材料", item.materials.len()),
    }
}
