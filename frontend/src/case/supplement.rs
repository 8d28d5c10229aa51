//! 补正: what was brought now.

use super::questions::Payload;
use crate::{
    texts::case as texts,
    widgets::{
        Checklist,
        checklist::{self, Count, Material},
    },
};
use daiban_contract::view::{CaseView, MaterialCount, MaterialView};
use std::{collections::BTreeMap, rc::Rc};
use yew::prelude::*;

/// By material code.
type Brought = BTreeMap<AttrValue, Count>;

/// As a rule everything that was missing is brought.
fn usual(case: &CaseView) -> Brought {
    let missing = case.materials.iter().filter(|material| material.required && !material.received);
    missing.map(|material| (material.material_code.clone().into(), asked(material))).collect()
}

fn asked(material: &MaterialView) -> Count {
    Count::asked(material.originals_needed, material.copies_needed)
}

/// Bringing no paper is allowed: a gap may have been a signature.
fn payload(brought: &Brought) -> Payload {
    let brought = brought.iter().filter(|(_, count)| count.any());
    let materials: Vec<MaterialCount> = brought
        .map(|(code, count)| MaterialCount {
            material_code: code.to_string(),
            originals: count.originals,
            copies: count.copies,
        })
        .collect();
    Payload::from_iter([("materials".to_owned(), serde_json::to_value(materials).unwrap_or_default())])
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case: Rc<CaseView>,
    pub on_payload: Callback<Option<Payload>>,
}

#[component]
pub fn Supplement(Props { case, on_payload }: &Props) -> Html {
    let brought = use_state_eq(|| usual(case));
    use_effect_with((payload(&brought), on_payload.clone()), |(says, on_payload)| {
        on_payload.emit(Some(says.clone()))
    });
    let count = |code: &str| brought.get(code).copied().unwrap_or_default();
    let open = case.materials.iter().filter(|material| !material.received);
    let materials = open.map(|material| Material {
        code: material.material_code.clone().into(),
        name: material.name.clone().into(),
        required: material.required,
        asked: asked(material),
        count: count(&material.material_code),
        ..Material::default()
    });
    let materials: Vec<Material> = materials.collect();
    let on_brought = {
        let (brought, materials) = (brought.clone(), materials.clone());
        Callback::from(move |said: checklist::Brought| {
            let mut next = (*brought).clone();
            match said {
                checklist::Brought::Tick(code) => {
                    let line = materials.iter().find(|line| line.code == code);
                    let count = line.map(|line| line.count.ticked(line.asked));
                    next.insert(code, count.unwrap_or_default());
                }
                checklist::Brought::Count(code, part, number) => {
                    next.entry(code).or_default().put(part, number)
                }
            }
            brought.set(next);
        })
    };
    html! {
        <div class="brought-now">
            <h3 class="dense soft">{ texts::brought_now() }</h3>
            <Checklist {materials} {on_brought} />
        </div>
    }
}
