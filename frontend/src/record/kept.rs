//! A request that isn't recorded yet, as the desk keeps it.

use super::{Draft, Edit, draft::Step};
use crate::{ipc, keeping, widgets::checklist::Count};
use daiban_contract::{
    act::KeepUnfinished,
    view::{Applicant, MaterialCount, UnfinishedRequest},
};
use daiban_domain::item::Item;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

impl Draft {
    /// Somebody would miss it.
    pub fn worth_keeping(&self) -> bool {
        let typed = self.fields.values().any(|text| !text.trim().is_empty());
        let begun =
            self.applicant != Applicant { id_type: self.applicant.id_type.clone(), ..Applicant::default() };
        self.recorded.is_none() && (begun || typed || self.counts.values().any(|count| count.any()))
    }

    pub fn kept(&self) -> UnfinishedRequest {
        let counts = self.counts.iter().filter(|(_, count)| count.any());
        UnfinishedRequest {
            id: self.id,
            item_id: self.item.as_ref().map(|item| item.item_id.clone()),
            item_name: self.item.as_ref().map(|item| item.name.clone()).unwrap_or_default(),
            applicant: self.applicant.clone(),
            newborn: self.newborn,
            resident: self.resident.as_deref().cloned(),
            fields: self.fields.iter().map(|(key, text)| (key.to_string(), text.clone())).collect(),
            materials: counts
                .map(|(code, count)| MaterialCount {
                    material_code: code.to_string(),
                    originals: count.originals,
                    copies: count.copies,
                })
                .collect(),
            step: self.step.id().to_owned(),
            kept: None,
        }
    }

    /// The item as it is today: it may have changed since.
    pub fn resumed(kept: &UnfinishedRequest, item: Option<Rc<Item>>) -> Self {
        let counts = kept.materials.iter().map(|material| {
            let count = Count { originals: material.originals, copies: material.copies };
            (material.material_code.clone().into(), count)
        });
        Self {
            id: kept.id,
            step: Step::parse(&kept.step).unwrap_or_default(),
            item,
            applicant: kept.applicant.clone(),
            resident: kept.resident.clone().map(Rc::new),
            newborn: kept.newborn,
            fields: kept.fields.iter().map(|(key, text)| (key.clone().into(), text.clone())).collect(),
            counts: counts.collect(),
            recorded: None,
        }
    }
}

/// Has the desk keep what is being filled in. Not while it is being recorded: then it is unfinished no longer.
#[hook]
pub fn use_keeping(draft: Rc<Draft>, saving: bool, edit: Callback<Edit>) {
    let wanted = !saving && draft.worth_keeping();
    let nameless = wanted && draft.id == 0;
    use_effect_with(nameless, move |nameless| {
        if *nameless {
            edit.emit(Edit::Id(keeping::number()));
        }
    });
    keeping::use_keeping(draft, wanted && !nameless, Callback::from(|draft: Rc<Draft>| keep(&draft)));
}

pub fn keep(draft: &Draft) {
    let request = draft.kept();
    spawn_local(async move {
        // A desk that was locked meanwhile keeps nothing; the page has it still.
        let _ = ipc::ask(KeepUnfinished { request }).await;
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widgets::checklist::{Brought, Part};

    #[test]
    fn what_was_left_comes_back_as_it_was() {
        let edits = [
            Edit::Name("马桂英".into()),
            Edit::Field("years".into(), "3".into()),
            Edit::Brought(Brought::Count("ID".into(), Part::Copies, 2)),
            Edit::Step(Step::Materials),
            Edit::Id(7),
        ];
        let draft = edits.into_iter().fold(Rc::new(Draft::default()), Reducible::reduce);
        let text = serde_json::to_string(&draft.kept()).expect("plain values");
        let kept: UnfinishedRequest = serde_json::from_str(&text).expect("the same");
        assert_eq!(Draft::resumed(&kept, None), *draft);
    }

    #[test]
    fn only_what_somebody_would_miss_is_kept() {
        let after = |edits: Vec<Edit>| edits.into_iter().fold(Rc::new(Draft::default()), Reducible::reduce);
        assert!(!after(vec![]).worth_keeping());
        assert!(
            !after(vec![Edit::Kind("414".into()), Edit::Field("years".into(), " ".into())]).worth_keeping()
        );
        assert!(after(vec![Edit::Name("马".into())]).worth_keeping());
        assert!(after(vec![Edit::Brought(Brought::Count("ID".into(), Part::Copies, 1))]).worth_keeping());
        assert!(!after(vec![Edit::Name("马".into()), Edit::Aside]).worth_keeping());
    }
}
