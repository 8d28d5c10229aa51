use super::items::unknown_item;
use crate::{Desk, Trouble};
use daiban_contract::{
    Code, ask,
    view::{LifeEventItem, LifeEventView, MergedField, MergedMaterial, SavingView},
};
use daiban_domain::{
    Instant,
    item::{
        Item,
        bundle::{LifeEventBundle, bundles_from_json, fields},
        catalogue_from_json,
    },
};
use daiban_replica::{
    Replica,
    public::{item, life_event},
    today,
};
use std::sync::Arc;

impl Desk {
    /// From what the county has published; where it has published none, from the catalogue file.
    pub fn life_event(&self, request: ask::LifeEvent, now: Instant) -> Result<LifeEventView, Trouble> {
        let (bundle, items) = match (self.replica().as_ref(), &request.catalogue) {
            (Some(replica), None) => published(replica, &request.bundle_id, now)?,
            (Some(replica), _) if life_event::any(replica.db())? => {
                published(replica, &request.bundle_id, now)?
            }
            (_, Some(file)) => in_file(file, &request.bundle_id)?,
            (None, None) => return Err(crate::not_enrolled()),
        };
        Ok(view(&bundle, &items.iter().map(Arc::as_ref).collect::<Vec<_>>()))
    }
}

pub(crate) fn unknown_life_event() -> Trouble {
    let message = "目录里没有这个“一件事”。请核对编号，或用 --catalogue 指明事项目录文件。";
    Trouble::new(Code::UnknownLifeEvent, message)
}

type Found = (LifeEventBundle, Vec<Arc<Item>>);

fn published(replica: &Replica, bundle_id: &str, now: Instant) -> Result<Found, Trouble> {
    let (db, today) = (replica.db(), today(replica.db(), now)?);
    let bundle = life_event::find(db, bundle_id)?.ok_or_else(unknown_life_event)?;
    let items = bundle.items.iter().map(|id| item::in_force(db, id, today)?.ok_or_else(unknown_item));
    let items = items.collect::<Result<_, Trouble>>()?;
    Ok((bundle, items))
}

/// Of each item the newest version in the file.
fn in_file(file: &str, bundle_id: &str) -> Result<Found, Trouble> {
    let text = std::fs::read_to_string(file).map_err(Trouble::file)?;
    let unreadable = |error: serde_json::Error| {
        Trouble::new(Code::BadInput, "事项目录文件读不懂：不是合格的目录 JSON。").because(error)
    };
    let bundles = bundles_from_json(&text).map_err(unreadable)?;
    let catalogue = catalogue_from_json(&text).map_err(unreadable)?;
    let bundle = bundles.into_iter().map(|(bundle, _)| bundle).find(|bundle| bundle.bundle_id == bundle_id);
    let bundle = bundle.ok_or_else(unknown_life_event)?;
    let newest = |id: &String| {
        let versions = catalogue.items.iter().map(|(item, _)| item).filter(|item| item.item_id == *id);
        versions.max_by_key(|item| item.version).cloned().map(Arc::new).ok_or_else(unknown_item)
    };
    let items = bundle.items.iter().map(newest).collect::<Result<_, _>>()?;
    Ok((bundle, items))
}

fn view(bundle: &LifeEventBundle, items: &[&Item]) -> LifeEventView {
    let ids = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
    LifeEventView {
        bundle_id: bundle.bundle_id.clone(),
        name: bundle.name.clone(),
        items: items
            .iter()
            .map(|item| LifeEventItem {
                item_id: item.item_id.clone(),
                name: item.name.clone(),
                stops: bundle.ends(&item.item_id),
            })
            .collect(),
        external_steps: bundle.external_steps.clone(),
        materials: bundle
            .materials(items)
            .into_iter()
            .map(|merged| MergedMaterial {
                material_code: merged.material.material_code.clone(),
                name: merged.material.name.clone(),
                originals: merged.originals,
                copies: merged.copies,
                required: merged.required,
                condition: merged.material.condition.clone(),
                items: ids(merged.items),
            })
            .collect(),
        fields: fields(items)
            .into_iter()
            .map(|asked| MergedField {
                key: asked.field.key.clone(),
                label: asked.label,
                kind: asked.field.kind.clone(),
                options: asked.field.options.clone(),
                condition: asked.field.condition.clone(),
                required: asked.required,
                items: ids(asked.items),
            })
            .collect(),
        savings: bundle
            .savings(items)
            .iter()
            .map(|saving| SavingView {
                what: saving.what.to_owned(),
                before: saving.before,
                after: saving.after,
                rate: saving.rate(),
            })
            .collect(),
    }
}
